using System.CommandLine;
using Search.Cli.Importing;
using Spectre.Console;

namespace Search.Cli.Commands;

/// <summary><c>import</c>: a folder of pictures, or a prepared catalogue, into the service.</summary>
internal static class ImportCommand
{
    internal static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("folder") { Description = "Folder whose sub-folders are categories, or one with a catalogue.ndjson." };
        folder.AcceptExistingOnly();
        var byPath = new Option<bool>("--by-path")
        {
            Description = "Send paths instead of pictures: for a service on this machine whose import root (Indexing:ImportRoot) is the folder.",
        };
        var service = new ServiceOptions();
        var command = new Command("import", """
            Import a catalogue and wait until it is searchable. Stopped half-way it can be run again: what is there already is not done twice.

            Examples:
              search import photos/                    photos/rings/a.jpg becomes an item of category rings
              search import photos/ --url https://search.example.com --api-key KEY
            """) { folder, byPath };
        service.AddTo(command);
        command.SetAction((parsed, cancellation) => ConsoleOutput.RunAsync(async () =>
        {
            var directory = parsed.GetRequiredValue(folder).FullName;
            using var api = service.Connect(parsed);
            var lines = new ImportLines(directory, inline: !parsed.GetValue(byPath));
            if (lines.Count == 0)
                return ConsoleOutput.Fail($"'{directory}' has no pictures (JPEG, PNG, WebP, GIF, BMP) in it or in its sub-folders.");
            return Print(await RunAsync(lines));

            async Task<ImportSummary> RunAsync(ImportLines all)
            {
                if (!AnsiConsole.Profile.Capabilities.Interactive || Console.IsOutputRedirected)
                    return await new CatalogueImport(api, new LineView()).RunAsync(all, cancellation);
                ImportSummary? summary = null;
                await AnsiConsole.Progress().Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
                    .StartAsync(async bars => summary = await new CatalogueImport(api, new BarView(bars.AddTask("starting"))).RunAsync(all, cancellation));
                return summary!;
            }
        }, "Cancelled. What was sent so far is kept; the same command goes on where it stopped."));
        return command;
    }

    private static int Print(ImportSummary summary)
    {
        var rate = summary.Accepted / Math.Max(summary.Elapsed.TotalSeconds, 0.001);
        AnsiConsole.MarkupLineInterpolated(
            $"{summary.Accepted:N0} new or changed, {summary.Unchanged:N0} unchanged, {summary.Errors.Count:N0} rejected in {summary.Elapsed.TotalSeconds:F1} s ({rate:F0}/s).");
        foreach (var error in summary.Errors.Take(20))
            AnsiConsole.MarkupLineInterpolated($"[yellow]  line {error.Line} {error.Id}: {error.Title}: {error.Detail}[/]");
        if (summary.Errors.Count > 20)
            AnsiConsole.MarkupLineInterpolated($"[yellow]  and {summary.Errors.Count - 20:N0} more[/]");
        if (summary.Failed > 0)
            AnsiConsole.MarkupLineInterpolated($"[yellow]{summary.Failed:N0} items of the catalogue have pictures that can't be read; GET /v1/items/ID says why.[/]");
        return summary.Accepted + summary.Unchanged > 0 ? 0 : 1;
    }
}
