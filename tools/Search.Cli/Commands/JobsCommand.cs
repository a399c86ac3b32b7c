using System.CommandLine;
using System.Globalization;
using Search.Cli.Training;
using Spectre.Console;

namespace Search.Cli.Commands;

/// <summary><c>jobs</c>: training jobs, newest first.</summary>
internal static class JobsCommand
{
    internal static Command Create()
    {
        var state = new Option<string?>("--state") { Description = "Only jobs in it." };
        state.AcceptOnlyFromAmong("queued", "running", "succeeded", "failed", "cancelled");
        var limit = new Option<int>("--limit") { Description = "Jobs shown at most, 1 to 200.", DefaultValueFactory = _ => 20 };
        var service = new ServiceOptions();
        var command = new Command("jobs", """
            Show training jobs, newest first. 'job' starts, watches and cancels them. They need a key with the scope admin.

            Examples:
              search jobs
              search jobs --state failed --limit 5
            """) { state, limit };
        service.AddTo(command);
        command.SetAction((parsed, cancellation) => ConsoleOutput.RunAsync(async () =>
        {
            using var api = service.Connect(parsed);
            var page = await api.GetJobsAsync(parsed.GetValue(limit), parsed.GetValue(state), cancellation);
            var table = new Table().Border(TableBorder.Rounded).AddColumns("job", "model", "photos", "created", "took", "state", "note");
            foreach (var job in page.Jobs)
            {
                table.AddRow([.. new[]
                {
                    job.Id.ToString(CultureInfo.InvariantCulture),
                    $"{job.Name} {job.Version}",
                    job.Catalogue is null ? job.Photos : $"{job.Photos}, {job.Catalogue}",
                    job.CreatedAt.ToString("u", CultureInfo.InvariantCulture),
                    job.EndedAt - job.StartedAt is { } took ? took.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture) : "",
                    JobText.State(job),
                    job.Note,
                }.Select(Markup.Escape)]);
            }
            AnsiConsole.Write(table);
            if (page.Next is not null)
                AnsiConsole.MarkupLine("[grey]There are older ones; --limit shows more.[/]");
            return 0;
        }));
        return command;
    }
}
