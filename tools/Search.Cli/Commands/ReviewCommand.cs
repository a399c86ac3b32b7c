using System.CommandLine;
using Search.Cli.Groups;

namespace Search.Cli.Commands;

/// <summary><c>review</c>: duplicates, outliers and clusters on one page.</summary>
internal static class ReviewCommand
{
    internal static Command Create()
    {
        var html = new Argument<FileInfo>("file") { Description = "The page to write. The pictures are inside: keep it to yourself when they are not public." };
        var service = new ServiceOptions();
        var command = new Command("review", """
            Write one page with pictures about the whole catalogue: what it holds twice, what seems out of place and what it consists of.

            Example: search review catalogue.html
            """) { html };
        service.AddTo(command);
        command.SetAction((parsed, cancellation) => ConsoleOutput.RunAsync(async () =>
        {
            using var api = service.Connect(parsed);
            var sections = new GroupSections(new Thumbnails(api));
            // One after the other: the service looks at one thing at a time.
            var duplicates = await GroupAnswer.AskAsync(api, "duplicates", cancellation);
            var outliers = await GroupAnswer.AskAsync(api, "outliers", cancellation);
            var clusters = await GroupAnswer.AskAsync(api, "clusters?representatives=10", cancellation);
            await GroupReport.WriteAsync(parsed.GetRequiredValue(html), api, clusters.End,
                [
                    await sections.DuplicatesAsync(duplicates, cancellation),
                    await sections.OutliersAsync(outliers, cancellation),
                    await sections.ClustersAsync(clusters, cancellation),
                ],
                cancellation);
            return 0;
        }, "Cancelled; the service stops as well."));
        return command;
    }
}
