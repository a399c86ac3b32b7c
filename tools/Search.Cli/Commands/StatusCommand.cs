using System.CommandLine;
using Spectre.Console;

namespace Search.Cli.Commands;

/// <summary><c>status</c>: what the service holds.</summary>
internal static class StatusCommand
{
    internal static Command Create()
    {
        var count = new Option<bool>("--count") { Description = "Print only the number of items, for scripts." };
        var service = new ServiceOptions();
        var command = new Command("status", "Show items by state, the model and the index.\n\nExample: search status --count") { count };
        service.AddTo(command);
        command.SetAction((parsed, cancellation) => ConsoleOutput.RunAsync(async () =>
        {
            using var api = service.Connect(parsed);
            var status = await api.GetStatusAsync(cancellation);
            if (parsed.GetValue(count))
            {
                Console.WriteLine(status.Items?.Total ?? 0);
                return 0;
            }
            var table = new Table().Border(TableBorder.Rounded).AddColumns("items", "accepted", "embedded", "indexed", "failed");
            if (status.Items is { } items)
                table.AddRow([.. new[] { items.Total, items.Accepted, items.Embedded, items.Indexed, items.Failed }.Select(n => $"{n:N0}")]);
            AnsiConsole.Write(table);
            AnsiConsole.MarkupLineInterpolated($"model {status.Model}");
            AnsiConsole.MarkupLineInterpolated($"index {status.Index}");
            AnsiConsole.MarkupLineInterpolated($"version {status.Version}");
            return 0;
        }));
        return command;
    }
}
