using Search.Evaluation;
using Spectre.Console;

namespace Search.Trainer.Evaluation;

/// <summary>Prints judged models side by side.</summary>
internal static class ReportTable
{
    public static void Print(IReadOnlyList<JudgedModel> models)
    {
        // A pipe or log has no width; the library's guess of 80 would break the rows.
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = 160;
        foreach (var (name, report) in (IEnumerable<(string, Func<JudgedModel, RetrievalReport>)>)[
            ("category: held-out photos against training photos", m => m.AgainstTraining),
            ("category: held-out photos among themselves", m => m.AmongHeldOut),
            ("category: held-out photos against all others", m => m.AgainstAllOthers),
            ("piece: another view of each held-out photo against all photos", m => m.OtherViews)])
        {
            var table = new Table().Border(TableBorder.Ascii2).Title(name)
                .AddColumns("model", "queries", "P@1", "P@10", "R-precision", "mAP", "nDCG@10");
            foreach (var model in models)
                Add(table, model, report(model));
            AnsiConsole.Write(table);
        }
        AnsiConsole.WriteLine("95 % bootstrap intervals over queries. Category queries never retrieve their own piece.");
    }

    private static void Add(Table table, JudgedModel model, RetrievalReport report) => table.AddRow(
        Markup.Escape($"{model.Name} ({model.Dimension})"),
        $"{report.Queries - report.Unanswerable}",
        Show(report["P@1"]),
        Show(report["P@10"]),
        Show(report["R-precision"]),
        Show(report["mAP"]),
        Show(report["nDCG@10"]));

    private static string Show(ConfidenceInterval interval) =>
        FormattableString.Invariant($"{interval.Mean:F3} ({interval.Lower:F3}-{interval.Upper:F3})");
}
