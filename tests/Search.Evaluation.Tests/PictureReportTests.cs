using System.Xml.Linq;

namespace Search.Evaluation.Tests;

public sealed class PictureReportTests
{
    [Fact]
    public void Page_IsWhole_NeedsNothingElse_AndMarkupInNamesIsText()
    {
        var page = PictureReportHtml.Write(Report());

        Assert.DoesNotContain("http", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        var xml = Parse(page);
        Assert.Equal(["Groups <1>", "None of these"], xml.Descendants("h2").Select(h => h.Value));
        Assert.Equal(["#a", "#b"], xml.Descendants("nav").Single().Elements("a").Select(a => (string)a.Attribute("href")!));
        Assert.Equal(["query", "hit", "miss", ""], xml.Descendants("figure").Select(f => (string)f.Attribute("class")!));
        Assert.Equal("<b>ring", xml.Descendants("figure").First().Nodes().OfType<XText>().First().Value);
    }

    [Fact]
    public void Page_APictureWithoutBytes_IsItsCaption()
    {
        var figures = Parse(PictureReportHtml.Write(Report())).Descendants("figure").ToArray();

        Assert.Equal("data:image/jpeg;base64,AQI=", (string)figures[0].Element("img")!.Attribute("src")!);
        Assert.Null(figures[3].Element("img"));
        Assert.Contains("gone", figures[3].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_ASectionWithoutRows_SaysSo() => Assert.Contains("<p>None.</p>", PictureReportHtml.Write(Report()), StringComparison.Ordinal);

    private static XDocument Parse(string page) => XDocument.Parse(
        System.Text.RegularExpressions.Regex.Replace(page.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal), "<(meta|img|br)([^>]*)>", "<$1$2/>"));

    private static PictureReport Report()
    {
        var picture = new ReportPicture("<b>ring", [1, 2]);
        return new PictureReport("Title", [("items", "4")],
        [
            new("a", "Groups <1>", "Explained.",
            [
                new("Row & more", [new(picture, FigureRole.Subject, "n"), new(picture, FigureRole.Agrees, "n"), new(picture, FigureRole.Disagrees, "n"), new(new("gone", []), FigureRole.Member, "n")]),
            ]),
            new("b", "None of these", "Explained.", []),
        ]);
    }
}
