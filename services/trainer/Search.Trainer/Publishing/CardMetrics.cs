using System.Text.Json.Nodes;
using Search.Evaluation;
using Search.Trainer.Evaluation;

namespace Search.Trainer.Publishing;

/// <summary>Results as they stand in a model's card.</summary>
internal static class CardMetrics
{
    /// <summary>What the figures mean, for whoever has only the card.</summary>
    public static string Explain(IReadOnlyList<Question> questions) =>
        "by cosine; [mean, ends of the 95 % bootstrap interval]. " + string.Join(" ", questions.Select(q => $"{q.Id}: {q.Explanation}"));

    public static JsonObject Of(IReadOnlyList<Question> questions, JudgedModel model) => new(
    [
        KeyValuePair.Create("dimension", (JsonNode?)model.Dimension),
        .. questions.Select((q, i) => KeyValuePair.Create(q.Id, (JsonNode?)Of(model.Reports[i]))),
    ]);

    private static JsonObject Of(RetrievalReport report) => new(
    [
        KeyValuePair.Create("queries", (JsonNode?)report.Answers.Count),
        .. report.Figures.Select(f => KeyValuePair.Create(f.Measure, (JsonNode?)Of(f.Interval))),
    ]);

    /// <summary>Mean, then the ends of the 95 % interval.</summary>
    private static JsonArray Of(ConfidenceInterval interval) =>
        [Math.Round(interval.Mean, 4), Math.Round(interval.Lower, 4), Math.Round(interval.Upper, 4)];
}
