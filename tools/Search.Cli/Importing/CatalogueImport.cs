using System.Diagnostics;
using Search.Cli.Api;

namespace Search.Cli.Importing;

/// <summary>Sends a catalogue in parts and follows the service until every item has arrived in the index, or has failed.</summary>
internal sealed class CatalogueImport(SearchApi api, IProgressView progress)
{
    private const int LinesAPart = 100;
    private const int BytesAPart = 8 << 20;

    internal async Task<ImportSummary> RunAsync(ImportLines lines, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var errors = new List<ImportError>();
        int sent = 0, accepted = 0, unchanged = 0;
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var follow = FollowAsync(() => sent - errors.Count, lines.Count, done.Token);
        try
        {
            foreach (var part in Parts(lines.All()))
            {
                var report = await api.ImportAsync(part.Body, cancellation);
                accepted += report.Accepted;
                unchanged += report.Unchanged;
                errors.AddRange(report.Errors.Select(e => e with { Line = e.Line + sent }));
                sent += part.Lines;
            }
            while (await PendingAsync(cancellation) > 0)
                await Task.Delay(50, cancellation);
        }
        finally
        {
            await done.CancelAsync();
            await follow;
        }
        var counts = (await api.GetStatusAsync(cancellation)).Items;
        progress.Report(lines.Count, lines.Count);
        return new ImportSummary(accepted, unchanged, errors, counts?.Failed ?? 0, Stopwatch.GetElapsedTime(started));
    }

    private async Task FollowAsync(Func<int> taken, int total, CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                await Task.Delay(250, cancellation);
                var before = taken();
                progress.Report(Math.Clamp(before - await PendingAsync(cancellation), 0, total), total);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The import has ended.
        }
        catch (Exception e) when (e is HttpRequestException or SearchApiException)
        {
            // The import itself meets the same trouble and reports it.
        }
    }

    private async Task<int> PendingAsync(CancellationToken cancellation) =>
        (await api.GetStatusAsync(cancellation)).Items is { } items ? items.Accepted + items.Embedded : 0;

    private static IEnumerable<(ReadOnlyMemory<byte> Body, int Lines)> Parts(IEnumerable<byte[]> lines)
    {
        var body = new MemoryStream();
        var count = 0;
        foreach (var line in lines)
        {
            body.Write(line);
            body.WriteByte((byte)'\n');
            if (++count >= LinesAPart || body.Length >= BytesAPart)
            {
                yield return (body.ToArray(), count);
                body = new MemoryStream();
                count = 0;
            }
        }
        if (count > 0)
            yield return (body.ToArray(), count);
    }
}

/// <param name="Failed">Items of the whole catalogue whose pictures can't be embedded.</param>
internal sealed record ImportSummary(int Accepted, int Unchanged, IReadOnlyList<ImportError> Errors, int Failed, TimeSpan Elapsed);
