using Search.Cli.Api;
using Spectre.Console;

namespace Search.Cli.Groups;

/// <summary>A whole answer: what was found, and what was looked at.</summary>
internal sealed record GroupAnswer(IReadOnlyList<GroupLine> Found, GroupLine Last)
{
    internal GroupEnd End => Last.End!;

    /// <summary>Asks, and shows how far the service is where somebody can see it.</summary>
    internal static Task<GroupAnswer> AskAsync(SearchApi api, string query, CancellationToken cancellation) =>
        AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected
            ? AnsiConsole.Status().StartAsync("reading the catalogue", status => ReadAsync(
                api.GroupAsync(query, cancellation), progress => status.Status(Markup.Escape($"{progress.Stage}: {progress.Done:N0} of {progress.Total:N0}"))))
            : ReadAsync(api.GroupAsync(query, cancellation), _ => { });

    private static async Task<GroupAnswer> ReadAsync(IAsyncEnumerable<GroupLine> lines, Action<GroupProgress> show)
    {
        var found = new List<GroupLine>();
        await foreach (var line in lines)
        {
            if (line.End is not null)
                return new GroupAnswer(found, line);
            if (line.Progress is { } progress)
                show(progress);
            else
                found.Add(line);
        }
        throw new InvalidOperationException("An answer that has no end is refused where it is read.");
    }
}
