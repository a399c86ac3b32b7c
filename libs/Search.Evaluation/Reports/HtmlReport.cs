using System.Text;
using static Search.Evaluation.ReportPage;
using static Search.Evaluation.SvgChart;

namespace Search.Evaluation;

/// <summary>An evaluation as one HTML file that needs nothing else: styles, charts and pictures are inside, and no script.</summary>
public static class HtmlReport
{
    private const int Best = 5, Worst = 8, Results = 8;

    public static string Write(EvaluationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var page = ReportPage.Begin(report.Title).Append("<nav>");
        foreach (var question in report.Questions)
            page.Append($"<a href=\"#{Encode(question.Id)}\">{Encode(question.Title)}</a>");
        page.Append(report.Maps.Count > 0 ? "<a href=\"#map\">Map</a></nav>\n" : "</nav>\n");
        ReportPage.Facts(page, report.Facts);
        page.Append("<p>Figures are means over queries with 95 % bootstrap intervals (queries redrawn 2,000 times). Gains are means of the differences query by query; where the interval excludes 0 the difference is not chance.</p>\n");
        Key(page, report.Models.Select((m, i) => (m, ModelColours[i % ModelColours.Count])));
        foreach (var question in report.Questions)
            Question(page, report.Models, question);
        Maps(page, report.Maps);
        return ReportPage.End(page);
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
            ReportPage.Figure(page, question.Query(answer.Query), "query", Invariant($"{question.OrderBy} {answer.Values[index]:F3}"));
            foreach (var item in answer.Top.Take(Results))
            {
                // Where relevance has grades, only the upper half counts as a hit to the eye.
                var hit = item.Grade > (highest > 1 ? highest / 2 : 0);
                ReportPage.Figure(page, question.Result(item.Item), hit ? "hit" : "miss", Invariant($"{item.Score:F3}") + (highest > 1 ? Invariant($" · grade {item.Grade:F1}") : ""));
            }
            if (answer.FirstRelevantRank > Results)
                ReportPage.Figure(page, question.Result(answer.FirstRelevant.Item), "wanted", Invariant($"wanted; rank {answer.FirstRelevantRank}"));
            page.Append("</div>");
        }
        page.Append("</div>\n");
    }

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
