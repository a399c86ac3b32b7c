using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Search.Evaluation.Tests;

public sealed class ReportTests
{
    [Fact]
    public void HtmlReport_NamesWithMarkup_AreText()
    {
        var page = HtmlReport.Write(Report());
        Assert.DoesNotContain("<b>rings", page, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;rings", page, StringComparison.Ordinal);
    }

    [Fact]
    public void HtmlReport_NeedsNothingElse()
    {
        var page = HtmlReport.Write(Report());
        Assert.DoesNotContain("http", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("data:image/jpeg;base64,AQI=", page, StringComparison.Ordinal);
    }

    [Fact]
    public void HtmlReport_Elements_AreBalanced()
    {
        // Void elements and the doctype are all that keeps the page from being XML.
        var page = HtmlReport.Write(Report()).Replace("<!DOCTYPE html>", "", StringComparison.Ordinal);
        page = System.Text.RegularExpressions.Regex.Replace(page, "<(meta|img|br)([^>]*)>", "<$1$2/>");
        var xml = XDocument.Parse(page);
        Assert.Equal(2, xml.Descendants("h2").Count());
        // Precision, recall, success, precision over recall, by category; and the map.
        Assert.Equal(6, xml.Descendants("svg").Count());
        Assert.Contains(xml.Descendants("tr"), r => (string?)r.Attribute("class") == "gain");
    }

    [Fact]
    public void EvaluationJson_Figures_AreReadBack()
    {
        var json = JsonNode.Parse(EvaluationJson.Write(Report()))!;
        var result = json["questions"]!["category"]!["results"]![0]!;
        Assert.Equal(2, (int)result["queries"]!);
        Assert.Equal(1, (double)result["figures"]!["P@1"]![0]!);
        Assert.Equal(3, result["figures"]!["P@1"]!.AsArray().Count);
        Assert.Equal(0, (double)json["questions"]!["category"]!["gains"]![0]!["P@1"]![0]!);
    }

    [Fact]
    public void SharedAttributes_Grade_IsTheShareOfTheQuerysAttributes()
    {
        var ring = new Dictionary<string, string> { ["category"] = "rings", ["metal"] = "gold", ["stone"] = "ruby", ["cut"] = "oval" };
        Assert.Equal(SharedAttributes.HighestGrade, SharedAttributes.Grade(ring, ring));
        Assert.Equal(2, SharedAttributes.Grade(ring, new Dictionary<string, string> { ["category"] = "rings", ["metal"] = "gold", ["stone"] = "Ruby", ["clasp"] = "x" }));
        Assert.Equal(0, SharedAttributes.Grade(new Dictionary<string, string>(), ring));
    }

    private static EvaluationReport Report()
    {
        var vectors = new LabelledVectors(2, new float[] { 1, 0, 0.9f, 0.1f, 0, 1 }, [0, 0, 1], [1, 2, 3]);
        var queries = new LabelledVectors(2, new float[] { 1, 0, 0, 1 }, [0, 1], [8, 9]);
        var report = RetrievalEvaluator.Evaluate(new RetrievalTask(queries, vectors)
        {
            Categories = new CategoryLabels(["<b>rings", "watches"], queries.Labels, vectors.Labels),
        });
        var picture = new ReportPicture("<b>rings\nring-1.jpg", [1, 2]);
        return new EvaluationReport(
            "A model", [("photos", "3")], ["new & better", "old"],
            [new("category", "Finds the category", "Explained.", ["P@1", "mAP"], "mAP", [report, report], _ => picture, _ => picture)],
            [new("new", ["<b>rings", "watches"], [(0, 0, 0, true), (1, 1, 1, false)])]);
    }
}
