using System.Text;
using static Search.Evaluation.ReportPage;

namespace Search.Evaluation;

/// <summary>Rows of pictures as one HTML file that needs nothing else: style and pictures are inside, and no script.</summary>
public static class PictureReportHtml
{
    public static string Write(PictureReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var page = ReportPage.Begin(report.Title);
        if (report.Sections.Count > 1)
        {
            page.Append("<nav>");
            foreach (var section in report.Sections)
                page.Append($"<a href=\"#{Encode(section.Id)}\">{Encode(section.Title)}</a>");
            page.Append("</nav>\n");
        }
        ReportPage.Facts(page, report.Facts);
        foreach (var section in report.Sections)
            Section(page, section);
        return ReportPage.End(page);
    }

    private static void Section(StringBuilder page, PictureSection section)
    {
        page.Append($"\n<h2 id=\"{Encode(section.Id)}\">{Encode(section.Title)}</h2><p>{Encode(section.Explanation)}</p>\n");
        if (section.Rows.Count == 0) page.Append("<p>None.</p>\n");
        foreach (var row in section.Rows)
        {
            page.Append($"<h3>{Encode(row.Heading)}</h3><div class=\"answer wrap\">");
            foreach (var figure in row.Figures)
                ReportPage.Figure(page, figure.Picture, Class(figure.Role), figure.Note);
            page.Append("</div>\n");
        }
    }

    private static string Class(FigureRole role) => role switch
    {
        FigureRole.Subject => "query",
        FigureRole.Agrees => "hit",
        FigureRole.Disagrees => "miss",
        _ => "",
    };
}
