using System.Diagnostics;
using Microsoft.Extensions.Options;
using Search.Contracts;
using Search.Hosting.Telemetry;
using Search.Indexing.Catalogue;
using Search.Indexing.Content;
using Search.Indexing.Storage;
using Search.Indexing.Telemetry;

namespace Search.Indexing.Import;

/// <summary>
/// Takes a stream of lines into the catalogue: a batch's pictures are looked at side by side, then its items are committed together. Every
/// line succeeds or fails alone. Memory is that of one batch.
/// </summary>
internal sealed class BulkImport(
    CatalogueDatabase catalogue, PictureStore store, ImportRoot root, IndexingMetrics metrics, IOptions<IndexingOptions> options, ILogger<BulkImport> logger)
{
    private const int MaxBatchLines = 64;
    private const long MaxBatchBytes = 8 * 1024 * 1024;

    /// <summary>Pictures in hand at a time: enough to hide the disk's latency, few enough for their memory.</summary>
    private const int Parallelism = 4;

    internal async Task<ImportReport> RunAsync(Stream stream, CancellationToken cancellation)
    {
        var report = new ImportReport();
        using var lines = new LineReader(stream, options.Value.MaxImportLineBytes);
        var batch = new List<ImportLine>(MaxBatchLines);
        var weight = 0L;
        while (await lines.NextAsync(cancellation) is { } line)
        {
            if (Parse(line, report) is not { } parsed)
                continue;
            batch.Add(parsed);
            weight += parsed.Weight;
            if (batch.Count == MaxBatchLines || weight >= MaxBatchBytes)
            {
                await TakeAsync(batch, report, cancellation);
                batch.Clear();
                weight = 0;
            }
        }
        await TakeAsync(batch, report, cancellation);
        Log.Imported(logger, report.Accepted, report.Unchanged, report.Rejected);
        return report;
    }

    private ImportLine? Parse(Line line, ImportReport report)
    {
        string? id = null;
        try
        {
            return ImportLine.Parse(line, options.Value, ref id);
        }
        catch (ServiceProblemException e)
        {
            Reject(report, line.Number, id, e.Problem);
            return null;
        }
    }

    private async Task TakeAsync(List<ImportLine> batch, ImportReport report, CancellationToken cancellation)
    {
        using var hold = store.Open();
        var outcomes = new LineOutcome[batch.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, batch.Count),
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellation },
            async (i, token) => outcomes[i] = await LookAsync(batch[i], hold, token));
        await catalogue.WriteAsync(session => Commit(session, batch, outcomes), cancellation);
        for (var i = 0; i < batch.Count; i++)
            Count(report, batch[i], outcomes[i]);
    }

    /// <summary>Finds the line's pictures and stores those that aren't yet. Only headers are read: the embedding service decodes them anyway.</summary>
    private async Task<LineOutcome> LookAsync(ImportLine line, ContentHold hold, CancellationToken cancellation)
    {
        // One line is one trace: the request's own would tie together everything that a catalogue of a million pictures causes.
        Activity.Current = null;
        using var trace = SearchTelemetry.Source.StartActivity("import line");
        trace?.SetTag("search.item", line.Id);
        try
        {
            return new LineOutcome { Pictures = await PicturesAsync(line, hold, cancellation), TraceParent = trace?.Id };
        }
        catch (ServiceProblemException e)
        {
            return new LineOutcome { Problem = e.Problem };
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A bug or a full disk; the other lines needn't suffer for it.
            Log.ImportLineFailed(logger, line.Number, e);
            return new LineOutcome { Problem = new ServiceProblem(500, "internal", "Internal error", "The service failed on this line; its log has the reason.") };
        }
    }

    private async Task<List<Picture>?> PicturesAsync(ImportLine line, ContentHold hold, CancellationToken cancellation)
    {
        if (line.Sources is null)
            return null;
        var pictures = new List<Picture>(line.Sources.Count);
        foreach (var source in line.Sources)
        {
            pictures.Add(source switch
            {
                UploadSource upload => await store.KeepUploadAsync(upload.UploadId, hold),
                PathSource file => await store.KeepAsync(await root.ReadAsync(file.Path, cancellation), hold, wholly: false, cancellation),
                InlineSource inline => await store.KeepAsync(inline.Bytes, hold, wholly: false, cancellation),
                _ => throw new UnreachableException(),
            });
        }
        return pictures;
    }

    private static void Commit(CatalogueSession session, List<ImportLine> batch, LineOutcome[] outcomes)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            if (outcomes[i].Problem is not null)
                continue;
            session.TraceParent = outcomes[i].TraceParent;
            try
            {
                outcomes[i].Result = ItemIntake.Put(session, batch[i].Id, batch[i].Metadata, outcomes[i].Pictures).Outcome;
            }
            catch (ServiceProblemException e)
            {
                // Thrown before anything of the line was written.
                outcomes[i].Problem = e.Problem;
            }
        }
    }

    private void Count(ImportReport report, ImportLine line, LineOutcome outcome)
    {
        if (outcome.Problem is { } problem)
        {
            Reject(report, line.Number, line.Id, problem);
            return;
        }
        if (outcome.Result == IntakeOutcome.Unchanged)
            report.Unchanged++;
        else
            report.Accepted++;
        metrics.ImportLine(outcome.Result == IntakeOutcome.Unchanged ? "unchanged" : "accepted");
    }

    private void Reject(ImportReport report, int line, string? id, ServiceProblem problem)
    {
        report.Reject(line, id, problem);
        metrics.ImportLine("rejected");
    }

    private sealed class LineOutcome
    {
        internal IReadOnlyList<Picture>? Pictures { get; init; }

        internal string? TraceParent { get; init; }

        internal ServiceProblem? Problem { get; set; }

        internal IntakeOutcome Result { get; set; }
    }
}
