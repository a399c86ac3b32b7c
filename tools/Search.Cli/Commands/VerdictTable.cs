using System.Globalization;
using Search.Cli.Api;
using Spectre.Console;

namespace Search.Cli.Commands;

/// <summary>A verdict for a person: the figures with their intervals, and what they came to.</summary>
internal static class VerdictTable
{
    internal static void Write(IAnsiConsole console, Verdict verdict)
    {
        console.MarkupLineInterpolated($"{verdict.Candidate} beside {verdict.Production}, judged on {verdict.Items:N0} items with {verdict.Pictures:N0} pictures ({verdict.Source}, {verdict.JudgedAt:u})");
        var table = new Table().Border(TableBorder.Rounded).AddColumns("metric", "queries", "candidate", "production", "gain", "95 % interval", "");
        foreach (var figure in verdict.Figures)
        {
            Add(table, figure.Metric, figure.Queries, figure.Candidate, figure.Production, figure.Gain, figure.Low, figure.High, "");
            foreach (var category in figure.Categories)
            {
                Add(table, "  " + category.Category, category.Queries, category.Candidate, category.Production, category.Gain, category.Low, category.High,
                    category.Worse ? "worse" : category.Counted ? "" : "too few to count");
            }
        }
        if (verdict.Figures.Count > 0)
            console.Write(table);
        foreach (var reason in verdict.Reasons)
            console.MarkupLineInterpolated($"- {reason}");
        console.MarkupLineInterpolated($"The gate: {verdict.Outcome}{(verdict.Admits ? "; it speaks for a promotion" : "")}.");
    }

    private static void Add(Table table, string name, int queries, double candidate, double production, double gain, double low, double high, string note) => table.AddRow(
    [
        .. new[]
        {
            name, queries.ToString("N0", CultureInfo.InvariantCulture), Figure(candidate), Figure(production), Difference(gain), $"{Difference(low)} to {Difference(high)}", note,
        }.Select(Markup.Escape),
    ]);

    private static string Figure(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Difference(double value) => value.ToString("+0.000;-0.000", CultureInfo.InvariantCulture);
}
