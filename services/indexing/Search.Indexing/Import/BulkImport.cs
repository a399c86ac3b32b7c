using System.Diagnostics;
using Microsoft.Extensions.Options;
using Search.Contracts;
using Search.Hosting.Blobs;
using Search.Hosting.Telemetry;
using Search.Indexing.Catalogue;
using Search.Indexing.Content;
using Search.Indexing.Storage;
using Search.Indexing.Telemetry;

namespace Search.Indexing.Import;

/// <summary>
/// Takes a stream of lines into the catalogue: a batch's pictures are looked at and stored side by side, then its items are committed together. Every
/// line succeeds or fails alone. Memory is that of one batch.
/// </summary>
internal sealed class BulkImport(
    CatalogueDatabase catalogue, PictureStore store, ImportRoot root, IndexingMetrics metrics, IOptions<IndexingOptions> options, ILogger<BulkImport> logger)
{
    private const int MaxBatchLines = 64;

    /// <summary>Of pictures in memory; those in hand at a time come on top.</summary>
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
        for (var done = 0; done < batch.Count;)
            done = await TakePicturesAsync(batch, done, outcomes, hold, cancellation);
        await catalogue.WriteAsync(session => Commit(session, batch, outcomes), cancellation);
        for (var i = 0; i < batch.Count; i++)
            Count(report, batch[i], outcomes[i]);
    }

    /// <summary>Looks at the lines from <paramref name="first"/> on, as far as there is memory for their pictures, and stores those pictures that aren't yet.</summary>
    /// <returns>The first line that there was no room for.</returns>
    private async Task<int> TakePicturesAsync(List<ImportLine> batch, int first, LineOutcome[] outcomes, ContentHold hold, CancellationToken cancellation)
    {
        var sideBySide = new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellation };
        var (end, held) = (first, 0L);
        await Parallel.ForEachAsync(WhileThereIsRoom(), sideBySide, async (i, _) =>
        {
            outcomes[i] = await LookAsync(batch[i], hold);
            Interlocked.Add(ref held, outcomes[i].Seen.Sum(seen => (long)seen.Bytes.Length));
        });
        var looked = Enumerable.Range(first, end - first);
        var missing = await store.ExpectAsync(looked.SelectMany(i => outcomes[i].Seen), hold, cancellation);
        await Parallel.ForEachAsync(looked, sideBySide, (i, token) => PutAsync(batch[i], outcomes[i], missing, token));
        return end;

        IEnumerable<int> WhileThereIsRoom()
        {
            while (end < batch.Count && Interlocked.Read(ref held) < MaxBatchBytes)
                yield return end++;
        }
    }

    /// <summary>Finds the line's pictures. Only headers are read: the embedding service decodes them anyway.</summary>
    private async Task<LineOutcome> LookAsync(ImportLine line, ContentHold hold)
    {
        // One line is one trace: the request's own would tie together everything that a catalogue of a million pictures causes.
        Activity.Current = null;
        using var trace = SearchTelemetry.Source.StartActivity("import line");
        trace?.SetTag("search.item", line.Id);
        var outcome = new LineOutcome { TraceParent = trace?.Id };
        try
        {
            if (line.Sources is not null)
                outcome.Pictures = await PicturesAsync(line.Sources, outcome.Seen, hold);
        }
        catch (ServiceProblemException e)
        {
            outcome.Problem = e.Problem;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            outcome.Problem = Failed(line, e);
        }
        return outcome;
    }

    private async ValueTask PutAsync(ImportLine line, LineOutcome outcome, IReadOnlySet<string> missing, CancellationToken cancellation)
    {
        try
        {
            foreach (var seen in outcome.Seen.Where(seen => missing.Contains(seen.Picture.ContentHash)))
                await store.PutAsync(seen, cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            outcome.Problem ??= Failed(line, e);
        }
        outcome.Seen.Clear();
    }

    /// <summary>A bug, a full disk or a store that is away; the other lines needn't suffer for it.</summary>
    private ServiceProblem Failed(ImportLine line, Exception exception)
    {
        Log.ImportLineFailed(logger, line.Number, exception);
        return exception is BlobStoreException
            ? ServiceProblem.Unavailable("Pictures can't be stored right now; import this line again soon.")
            : new ServiceProblem(500, "internal", "Internal error", "The service failed on this line; its log has the reason.");
    }

    private async Task<List<Picture>> PicturesAsync(IReadOnlyList<PictureSource> sources, List<SeenPicture> seen, ContentHold hold)
    {
        var pictures = new List<Picture>(sources.Count);
        foreach (var source in sources)
        {
            pictures.Add(source switch
            {
                UploadSource upload => await store.KeepUploadAsync(upload.UploadId, hold),
                PathSource file => See(root.Read(file.Path)),
                InlineSource inline => See(inline.Bytes),
                _ => throw new UnreachableException(),
            });
        }
        return pictures;

        Picture See(ReadOnlyMemory<byte> bytes)
        {
            seen.Add(store.Look(bytes));
            return seen[^1].Picture;
        }
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
        internal string? TraceParent { get; init; }

        /// <summary>Null when the line has no images.</summary>
        internal IReadOnlyList<Picture>? Pictures { get; set; }

        /// <summary>Those of its pictures that came as bytes, until they are stored.</summary>
        internal List<SeenPicture> Seen { get; } = [];

        internal ServiceProblem? Problem { get; set; }

        internal IntakeOutcome Result { get; set; }
    }
}
