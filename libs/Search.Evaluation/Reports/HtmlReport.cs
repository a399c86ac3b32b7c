using System.Text;
using static Search.Evaluation.SvgChart;

namespace Search.Evaluation;

/// <summary>An evaluation as one HTML file that needs nothing else: styles, charts and pictures are inside, and no script.</summary>
public static class HtmlReport
{
    private const string Style = """
        body{font:15px/1.5 system-ui,sans-serif;color:#1b1b1f;background:#fff;max-width:1180px;margin:2rem auto;padding:0 1.25rem}
        h1{font-size:1.7rem;margin:0 0 .5rem}h2{font-size:1.25rem;margin:2.6rem 0 .2rem;padding-top:1rem;border-top:2px solid #e4e4e9}h3{font-size:1rem;margin:1.4rem 0 .4rem}
        p{margin:.2rem 0 .8rem;color:#4a4a55;max-width:78ch}nav a{margin-right:1.2rem}a{color:#1d4ed8}
        table{border-collapse:collapse;margin:.5rem 0}th,td{padding:.3rem .7rem;text-align:right;border-bottom:1px solid #e4e4e9;font-variant-numeric:tabular-nums}
        th:first-child,td:first-child{text-align:left}th{font-weight:600;color:#4a4a55}td small{color:#6a6a75;white-space:nowrap}
        tr.gain td{background:#f5f6fa}.up{color:#05603a}.down{color:#a3141f}
        .row{display:flex;flex-wrap:wrap;gap:1rem 1.5rem;align-items:flex-start}
        .scroll{overflow-x:auto;max-width:100%}
        svg text{font:11px system-ui,sans-serif;fill:#4a4a55}svg text.t{font-weight:600;fill:#1b1b1f}svg .g{stroke:#e4e4e9}
        .key span{display:inline-flex;align-items:center;gap:.4rem;margin-right:1.1rem}.key i{width:.8rem;height:.8rem;border-radius:50%;display:inline-block}
        .heat td,.heat th{text-align:center;padding:.3rem .5rem;border:1px solid #fff}.heat th:first-child{text-align:right;font-weight:400}.heat th{font-weight:400;font-size:.85rem}
        .answer{display:flex;gap:.35rem;align-items:flex-start;padding:.3rem 0}
        figure{margin:0;width:104px;font-size:.7rem;line-height:1.25;color:#4a4a55;overflow:hidden;overflow-wrap:anywhere}figure img{width:96px;height:96px;object-fit:contain;display:block;border:4px solid #cfcfd6;border-radius:4px;background:#fff}
        figure.query{margin-right:.9rem}figure.query img{border-color:#1b1b1f}figure.hit img{border-color:#12915a}figure.miss img{border-color:#d23b46}figure.wanted{margin-left:.9rem}figure.wanted img{border:4px dashed #12915a}
        """;

    private const int Best = 5, Worst = 8, Results = 8;

    public static string Write(EvaluationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var page = new StringBuilder()
            .Append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">")
            .Append($"<title>{Encode(report.Title)}</title><style>{Style}</style></head><body>\n<h1>{Encode(report.Title)}</h1>");
        page.Append("<nav>");
        foreach (var question in report.Questions)
            page.Append($"<a href=\"#{Encode(question.Id)}\">{Encode(question.Title)}</a>");
        page.Append(report.Maps.Count > 0 ? "<a href=\"#map\">Map</a></nav>\n<table>" : "</nav>\n<table>");
        foreach (var (name, value) in report.Facts)
            page.Append($"<tr><td>{Encode(name)}</td><td style=\"text-align:left\">{Encode(value)}</td></tr>");
        page.Append("</table><p>Figures are means over queries with 95 % bootstrap intervals (queries redrawn 2,000 times). Gains are means of the differences query by query; where the interval excludes 0 the difference is not chance.</p>\n");
        Key(page, report.Models.Select((m, i) => (m, ModelColours[i % ModelColours.Count])));
        foreach (var question in report.Questions)
            Question(page, report.Models, question);
        Maps(page, report.Maps);
        return page.Append("</body></html>\n").ToString();
    }

    private static void Question(StringBuilder page, IReadOnlyList<string> models, ReportQuestion question)
    {
        page.Append($"\n<h2 id=\"{Encode(question.Id)}\">{Encode(question.Title)}</h2><p>{Encode(question.Explanation)}</p>");
        FigureTable(page, models, question);
        Charts(page, question);
        Confusions(page, models, question);
        var index = question.Reports[0].Figures.ToList().FindIndex(f => f.Measure == question.OrderBy);
        var ordered = question.Reports[0].Answers.OrderByDescending(a => a.Values[index]).ToArray();
        Sheet(page, question, $"Worst queries of {models[0]} by {question.OrderBy}", ordered.Reverse().Take(Worst));
        Sheet(page, question, $"Best queries of each category by {question.OrderBy}", BestOfCategories(question, ordered));
    }

    private static void FigureTable(StringBuilder page, IReadOnlyList<string> models, ReportQuestion question)
    {
        page.Append("<table><tr><th>model</th><th>queries</th>");
        foreach (var measure in question.Headline)
            page.Append($"<th>{Encode(measure)}</th>");
        page.Append("</tr>");
        for (var m = 0; m < models.Count; m++)
        {
            page.Append(Invariant($"<tr><td>{Encode(models[m])}</td><td>{question.Reports[m].Answers.Count}</td>"));
            foreach (var measure in question.Headline)
                page.Append($"<td>{Show(question.Reports[m][measure], signed: false)}</td>");
            page.Append("</tr>");
        }
        for (var m = 1; m < models.Count; m++)
        {
            page.Append($"<tr class=\"gain\"><td>gain over {Encode(models[m])}</td><td></td>");
            foreach (var measure in question.Headline)
            {
                var gain = question.Reports[0].GainOver(question.Reports[m], measure);
                var verdict = gain.Lower > 0 ? "up" : gain.Upper < 0 ? "down" : "";
                page.Append($"<td class=\"{verdict}\">{Show(gain, signed: true)}</td>");
            }
            page.Append("</tr>");
        }
        page.Append("</table>\n");
    }

    private static void Charts(StringBuilder page, ReportQuestion question)
    {
        var cuts = question.Reports[0].Curves.Cuts;
        double Place(int k) => Math.Log(k) / Math.Log(cuts[^1].K);
        (double, string)[] ticks = [.. cuts.Where(c => c.K is 1 or 2 or 5 or 10 or 20 or 50 or 100).Select(c => (Place(c.K), Invariant($"{c.K}")))];
        string Cut(string title, Func<CutPoint, double> value) => Lines(title, ticks, [.. question.Reports.Select((r, m) => (
            ModelColours[m % ModelColours.Count], (IReadOnlyList<(double, double)>)[.. r.Curves.Cuts.Select(c => (Place(c.K), value(c)))]))]);
        page.Append("<div class=\"row\">")
            .Append(Cut("precision at k", c => c.Precision))
            .Append(Cut("recall at k", c => c.Recall))
            .Append(Cut("something relevant among the first k", c => c.Success))
            .Append(Lines(
                "precision over recall (interpolated)",
                [.. Enumerable.Range(0, 6).Select(i => (i / 5.0, Invariant($"{i / 5.0:F1}")))],
                [.. question.Reports.Select((r, m) => (
                    ModelColours[m % ModelColours.Count],
                    (IReadOnlyList<(double, double)>)[.. r.Curves.InterpolatedPrecision.Select((p, i) => (i / 10.0, p))]))]));
        if (question.Reports[0].Categories is { Count: > 0 } categories)
        {
            var measure = question.Headline[0];
            page.Append("<div class=\"scroll\">").Append(Whiskers(
                $"{measure} by category",
                [.. categories.Select(c => (c.Category, (IReadOnlyList<ConfidenceInterval?>)[.. question.Reports.Select(r => r.Categories
                    .FirstOrDefault(o => o.Category == c.Category)?.Figures.First(f => f.Measure == measure).Interval)]))])).Append("</div>");
        }
        page.Append("</div>\n");
    }

    private static void Confusions(StringBuilder page, IReadOnlyList<string> models, ReportQuestion question)
    {
        page.Append("<div class=\"row\">");
        for (var m = 0; m < models.Count; m++)
        {
            if (question.Reports[m].Confusion is not { } confusion)
                continue;
            page.Append(Invariant($"<div><h3>Categories of the first {confusion.Ranks} results: {Encode(models[m])}</h3><table class=\"heat\"><tr><th>query is</th>"));
            foreach (var name in confusion.Names)
                page.Append($"<th>{Encode(name)}</th>");
            page.Append("</tr>");
            for (var q = 0; q < confusion.Names.Count; q++)
            {
                page.Append($"<tr><th>{Encode(confusion.Names[q])}</th>");
                for (var r = 0; r < confusion.Names.Count; r++)
                {
                    // Mistakes are what one looks for: they get their own, stronger scale.
                    var share = confusion.Share(q, r);
                    var (colour, strength) = q == r ? ("18,145,90", 0.75 * share) : ("210,59,70", Math.Min(1, 3 * share));
                    page.Append(Invariant($"<td style=\"background:rgba({colour},{strength:F2})\">{100 * share:F0}</td>"));
                }
                page.Append("</tr>");
            }
            page.Append("</table></div>");
        }
        page.Append("</div>\n");
    }

    private static IEnumerable<QueryAnswer> BestOfCategories(ReportQuestion question, QueryAnswer[] ordered) =>
        ordered.GroupBy(a => question.Query(a.Query).Caption.Split('\n')[0]).Select(g => g.First()).Take(Best);

    private static void Sheet(StringBuilder page, ReportQuestion question, string title, IEnumerable<QueryAnswer> answers)
    {
        var highest = question.Reports[0].Answers.SelectMany(a => a.Top).Select(t => t.Grade).DefaultIfEmpty(1).Max();
        var index = question.Reports[0].Figures.ToList().FindIndex(f => f.Measure == question.OrderBy);
        page.Append($"<h3>{Encode(title)}</h3><div class=\"scroll\">");
        foreach (var answer in answers)
        {
            page.Append("<div class=\"answer\">");
            Picture(page, question.Query(answer.Query), "query", Invariant($"{question.OrderBy} {answer.Values[index]:F3}"));
            foreach (var item in answer.Top.Take(Results))
            {
                // Where relevance has grades, only the upper half counts as a hit to the eye.
                var hit = item.Grade > (highest > 1 ? highest / 2 : 0);
                Picture(page, question.Result(item.Item), hit ? "hit" : "miss", Invariant($"{item.Score:F3}") + (highest > 1 ? Invariant($" · grade {item.Grade:F1}") : ""));
            }
            if (answer.FirstRelevantRank > Results)
                Picture(page, question.Result(answer.FirstRelevant.Item), "wanted", Invariant($"wanted; rank {answer.FirstRelevantRank}"));
            page.Append("</div>");
        }
        page.Append("</div>\n");
    }

    private static void Picture(StringBuilder page, ReportPicture picture, string kind, string note) => page
        .Append($"<figure class=\"{kind}\"><img alt=\"\" src=\"data:image/jpeg;base64,{Convert.ToBase64String(picture.Jpeg)}\">")
        .Append($"{Encode(picture.Caption).Replace("\n", "<br>", StringComparison.Ordinal)}<br>{Encode(note)}</figure>");

    private static void Maps(StringBuilder page, IReadOnlyList<EmbeddingMap> maps)
    {
        if (maps.Count == 0)
            return;
        page.Append("\n<h2 id=\"map\">Map of the embeddings</h2><p>t-SNE: photos that lie together are near each other in the embedding; distances between groups mean nothing. Dark rims: photos that training never saw.</p>");
        Key(page, maps[0].Categories.Select((c, i) => (c, CategoryColours[i % CategoryColours.Count])));
        page.Append("<div class=\"row\">");
        foreach (var map in maps)
            page.Append(Map(map));
        page.Append("</div>\n");
    }

    private static void Key(StringBuilder page, IEnumerable<(string Name, string Colour)> entries)
    {
        page.Append("<div class=\"key\">");
        foreach (var (name, colour) in entries)
            page.Append($"<span><i style=\"background:{colour}\"></i>{Encode(name)}</span>");
        page.Append("</div>\n");
    }

    private static string Show(ConfidenceInterval interval, bool signed) => signed
        ? Invariant($"{interval.Mean:+0.000;-0.000} <small>({interval.Lower:+0.000;-0.000} to {interval.Upper:+0.000;-0.000})</small>")
        : Invariant($"{interval.Mean:F3} <small>({interval.Lower:F3} to {interval.Upper:F3})</small>");
}
