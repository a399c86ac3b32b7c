using System.CommandLine;
using Search.Cli.Api;
using Search.Cli.Groups;
using Search.Evaluation;
using Spectre.Console;

namespace Search.Cli.Commands;

/// <summary>What the commands that look at the whole catalogue share: how they answer, and where they ask.</summary>
internal sealed class GroupOptions
{
    private readonly Option<bool> _json = new("--json") { Description = "Print what is found as one JSON object a line, for scripts; the last line is the end." };
    private readonly Option<FileInfo?> _html = new("--html") { Description = "Also write a page with pictures to this file. The pictures are inside: keep it to yourself when they are not public." };
    private readonly ServiceOptions _service = new();

    internal Option<string?> Category { get; } = new("--category") { Description = "Look at items of this category alone." };

    internal void AddTo(Command command)
    {
        command.Options.Add(Category);
        command.Options.Add(_json);
        command.Options.Add(_html);
        _service.AddTo(command);
    }

    internal SearchApi Connect(ParseResult parsed) => _service.Connect(parsed);

    /// <summary>Asks and shows the answer in the way that was asked for.</summary>
    /// <param name="query">Below /v1/groups/, without the category.</param>
    internal Task<int> RunAsync(
        ParseResult parsed, string query, Func<GroupAnswer, Table> table, Func<GroupAnswer, string> summary,
        Func<GroupSections, GroupAnswer, Task<PictureSection>> section, CancellationToken cancellation) => ConsoleOutput.RunAsync(async () =>
    {
        using var api = Connect(parsed);
        var answer = await GroupAnswer.AskAsync(api, query + (parsed.GetValue(Category) is { } category ? $"&category={Uri.EscapeDataString(category)}" : ""), cancellation);
        if (parsed.GetValue(_json))
        {
            foreach (var line in answer.Found.Append(answer.Last))
                Console.WriteLine(line.Text);
        }
        else
        {
            if (answer.Found.Count > 0)
                AnsiConsole.Write(table(answer));
            AnsiConsole.MarkupLineInterpolated($"{summary(answer)}");
            AnsiConsole.MarkupLineInterpolated($"[grey]{answer.End.Items:N0} items, {answer.End.Pictures:N0} pictures; model {answer.End.Model}[/]");
        }
        if (parsed.GetValue(_html) is { } file)
            await GroupReport.WriteAsync(file, api, answer.End, [await section(new GroupSections(new Thumbnails(api)), answer)], cancellation);
        return 0;
    }, "Cancelled; the service stops as well.");
}
