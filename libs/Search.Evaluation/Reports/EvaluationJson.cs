using System.Text.Json;
using System.Text.Json.Nodes;

namespace Search.Evaluation;

/// <summary>An evaluation for programs: figures as [mean, lower, upper], nothing of pictures.</summary>
public static class EvaluationJson
{
    /// <summary>Version of the file's form.</summary>
    public const int Format = 1;

    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    public static string Write(EvaluationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new JsonObject
        {
            ["format"] = Format,
            ["title"] = report.Title,
            ["facts"] = new JsonObject(report.Facts.Select(f => KeyValuePair.Create(f.Name, (JsonNode?)f.Value))),
            ["models"] = new JsonArray([.. report.Models.Select(m => (JsonNode)m)]),
            ["questions"] = new JsonObject(report.Questions.Select(q => KeyValuePair.Create(q.Id, (JsonNode?)Question(q)))),
        }.ToJsonString(s_indented) + "\n";
    }

    private static JsonObject Question(ReportQuestion question) => new()
    {
        ["title"] = question.Title,
        ["explanation"] = question.Explanation,
        ["results"] = new JsonArray([.. question.Reports.Select(Report)]),
        ["gains"] = new JsonArray([.. question.Reports.Skip(1).Select(other => (JsonNode)new JsonObject(
            question.Headline.Select(m => KeyValuePair.Create(m, (JsonNode?)Interval(question.Reports[0].GainOver(other, m))))))]),
    };

    private static JsonNode Report(RetrievalReport report) => new JsonObject
    {
        ["queries"] = report.Queries,
        ["unanswerable"] = report.Unanswerable,
        ["figures"] = Figures(report.Figures),
        ["categories"] = new JsonObject(report.Categories.Select(c => KeyValuePair.Create(
            c.Category, (JsonNode?)new JsonObject { ["queries"] = c.Queries, ["figures"] = Figures(c.Figures) }))),
        ["confusion"] = report.Confusion is { } confusion ? Confusion(confusion) : null,
        ["curves"] = new JsonArray([.. report.Curves.Cuts.Select(c => (JsonNode)new JsonObject
        {
            ["k"] = c.K, ["precision"] = Math.Round(c.Precision, 4), ["recall"] = Math.Round(c.Recall, 4), ["success"] = Math.Round(c.Success, 4),
        })]),
    };

    private static JsonObject Figures(IReadOnlyList<Figure> figures) =>
        new(figures.Select(f => KeyValuePair.Create(f.Measure, (JsonNode?)Interval(f.Interval))));

    private static JsonObject Confusion(CategoryConfusion confusion) => new(confusion.Names.Select((query, q) => KeyValuePair.Create(
        query, (JsonNode?)new JsonObject(confusion.Names.Select((result, r) => KeyValuePair.Create(result, (JsonNode?)Math.Round(confusion.Share(q, r), 4)))))));

    private static JsonArray Interval(ConfidenceInterval interval) =>
        [Math.Round(interval.Mean, 4), Math.Round(interval.Lower, 4), Math.Round(interval.Upper, 4)];
}
