using Search.Evaluation;
using Spectre.Console;

namespace Search.Trainer.Evaluation;

/// <summary>Prints judged models side by side.</summary>
internal static class ReportTable
{
    public static void Print(IReadOnlyList<Question> questions, IReadOnlyList<JudgedModel> models)
    {
        // A pipe or log has no width; the library's guess of 80 would break the rows.
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = 200;
        for (var q = 0; q < questions.Count; q++)
            Print(questions[q], [.. models.Select(m => ($"{m.Name} ({m.Dimension})", m.Reports[q]))]);
        AnsiConsole.WriteLine("95 % bootstrap intervals over queries; a gain is the mean difference query by query.");
    }

    private static void Print(Question question, IReadOnlyList<(string Name, RetrievalReport Report)> models)
    {
        var table = new Table().Border(TableBorder.Ascii2).Title(Markup.Escape(question.Title)).AddColumns(["model", "queries", .. question.Headline]);
        foreach (var (name, report) in models)
            table.AddRow([Markup.Escape(name), $"{report.Answers.Count}", .. question.Headline.Select(m => Show(report[m]))]);
        var first = models[0].Report;
        foreach (var category in first.Categories)
            table.AddRow([Markup.Escape($"  {category.Category}"), $"{category.Queries}", .. question.Headline.Select(m => Show(category.Figures.First(f => f.Measure == m).Interval))]);
        foreach (var (name, other) in models.Skip(1))
            table.AddRow([Markup.Escape($"gain over {name}"), "", .. question.Headline.Select(m => Show(first.GainOver(other, m)))]);
        AnsiConsole.Write(table);
    }

    private static string Show(ConfidenceInterval interval) =>
        FormattableString.Invariant($"{interval.Mean:F3} ({interval.Lower:F3} to {interval.Upper:F3})");
}
