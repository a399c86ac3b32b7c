using System.Text.Json.Nodes;
using Search.Evaluation;
using Search.Trainer.Evaluation;
using Search.Trainer.Publishing;
using Spectre.Console;

namespace Search.Trainer.Ablation;

/// <summary>Variants against the first one, query by query.</summary>
internal static class AblationTable
{
    public static void Print(IReadOnlyList<Question> questions, IReadOnlyList<JudgedModel> variants)
    {
        // A pipe or log has no width; the library's guess of 80 would break the rows.
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = 160;
        for (var q = 0; q < questions.Count; q++)
        {
            var table = new Table().Border(TableBorder.Ascii2).Title(Markup.Escape(questions[q].Title)).AddColumns(["variant", .. questions[q].Headline]);
            foreach (var variant in variants)
                table.AddRow([Markup.Escape(variant.Name), .. questions[q].Headline.Select(measure => Show(variants[0].Reports[q], variant.Reports[q], measure))]);
            AnsiConsole.Write(table);
        }
        AnsiConsole.WriteLine($"In brackets the gain over {variants[0].Name} with the 95 % bootstrap interval of the difference query by query; one training each, so chance between seeds is not in it.");
    }

    public static JsonArray ToJson(IReadOnlyList<Question> questions, IReadOnlyList<JudgedModel> variants) => [.. variants.Select(variant => new JsonObject
    {
        ["variant"] = variant.Name,
        ["figures"] = CardMetrics.Of(questions, variant),
        ["gains"] = new JsonObject(questions.Select((question, q) => KeyValuePair.Create(question.Id, (JsonNode?)new JsonObject(question.Headline.Select(measure =>
            KeyValuePair.Create(measure, (JsonNode?)Of(variant.Reports[q].GainOver(variants[0].Reports[q], measure)))))))),
    })];

    private static string Show(RetrievalReport reference, RetrievalReport variant, string measure)
    {
        var value = FormattableString.Invariant($"{variant[measure].Mean:F3}");
        if (ReferenceEquals(reference, variant))
            return value;
        var gain = variant.GainOver(reference, measure);
        return FormattableString.Invariant($"{value} ({gain.Mean:+0.000;-0.000}, {gain.Lower:+0.000;-0.000} to {gain.Upper:+0.000;-0.000})");
    }

    private static JsonArray Of(ConfidenceInterval interval) =>
        [Math.Round(interval.Mean, 4), Math.Round(interval.Lower, 4), Math.Round(interval.Upper, 4)];
}
