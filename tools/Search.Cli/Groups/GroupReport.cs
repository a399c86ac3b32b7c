using Search.Cli.Api;
using Search.Evaluation;

namespace Search.Cli.Groups;

/// <summary>Writes what was found as a page with pictures.</summary>
internal static class GroupReport
{
    internal static async Task WriteAsync(FileInfo file, SearchApi api, GroupEnd end, IReadOnlyList<PictureSection> sections, CancellationToken cancellation)
    {
        var report = new PictureReport(
            sections.Count == 1 ? sections[0].Title : "The catalogue as a whole",
            [("service", api.Address.ToString()), ("model", end.Model), ("items", $"{end.Items:N0}"), ("pictures", $"{end.Pictures:N0}")],
            sections);
        await File.WriteAllTextAsync(file.FullName, PictureReportHtml.Write(report), cancellation);
        // Not among what a script reads.
        await Console.Error.WriteLineAsync($"Written to {file.FullName}. The pictures are inside.");
    }
}
