using Search.Ann.Indexes;
using Search.Contracts;

namespace Search.Ann.Local.Segments;

/// <summary>
/// Freezes segments that take no more writes and merges small ones, in a thread of its own. It holds up writes for two moments alone, in which it looks at the list and in which the list
/// changes; searches never. What it makes is in a file before it is in the list, and counts once a snapshot names it: until then the journal or the files before it have all there is.
/// </summary>
/// <param name="writing">Held by whoever writes.</param>
/// <param name="onReplaced">Called with the segments that went, while <paramref name="writing"/> is held.</param>
internal sealed class SegmentKeeper(
    EmbeddingModelId model, CollectionFolder folder, SegmentList list, EntryTable entries, LocalSettings settings, SemaphoreSlim writing, Action<Segment[]> onReplaced, ILogger logger) : IAsyncDisposable
{
    // So many at a time, between which it sees that the collection is being closed.
    private const int Step = 2_048;

    // On a small machine one thread; a large one can spare some.
    private static readonly int _threads = Math.Max(1, Environment.ProcessorCount / 4);

    private readonly CancellationTokenSource _closing = new();
    private Task _work = Task.CompletedTask;

    // Changed while writing is held: so no change of the list falls between the last look of a run and the next start.
    private volatile bool _isAtWork;
    private Segment[]? _failedAt;
    private (int Done, int Of) _progress;

    /// <summary>How far the segment in work is; null when there is none.</summary>
    public double? Progress
    {
        get
        {
            var (done, of) = _progress;
            return _isAtWork ? (double)done / Math.Max(1, of) : null;
        }
    }

    /// <summary>Starts when there is something to do. To be called by the writer.</summary>
    public void StartIfDue()
    {
        if (_isAtWork || ReferenceEquals(_failedAt, list.All) || Choose().Length == 0) return;
        _isAtWork = true;
        _work = BackgroundThread.Run(Run);
    }

    /// <summary>Waits for the step at work; what it was making is made anew at the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _work;
        _closing.Dispose();
    }

    private void Run()
    {
        try
        {
            while (true)
            {
                writing.Wait(_closing.Token);
                Segment[] sources;
                int file;
                try
                {
                    sources = Choose();
                    if (sources.Length == 0)
                    {
                        _isAtWork = false;
                        return;
                    }
                    file = folder.TakeSegmentNumber();
                }
                finally
                {
                    writing.Release();
                }
                Make(sources, file);
            }
        }
        catch (OperationCanceledException)
        {
            // Closing.
        }
        catch (Exception e)
        {
            // Searches go on in what there is. The next change of the list is the next attempt.
            _failedAt = list.All;
            _isAtWork = false;
            LocalLog.MergeFailed(logger, model, e);
        }
    }

    private Segment[] Choose()
    {
        var all = list.All.AsSpan()[..^1];
        return all[MergePolicy.Choose(all)].ToArray();
    }

    private void Make(Segment[] sources, int file)
    {
        var started = settings.Time.GetTimestamp();
        var deadBefore = sources.Sum(source => source.Dead);
        using var made = Build(sources);
        IVectorIndex? opened = null;
        if (made is not null)
        {
            CollectionFolder.WriteAtomically(folder.Segment(file), made.Index.Save);
            // Read back before anything depends on it.
            opened = made.Factory.Open(folder.Segment(file));
        }

        writing.Wait(_closing.Token);
        try
        {
            var merged = opened is null ? null : new Segment(sources[0].First, sources[^1].Last, opened, made!.Factory.Name, file) { Dead = sources.Sum(source => source.Dead) - (made.IsWithoutDead ? deadBefore : 0) };
            list.Replace(sources, merged);
            onReplaced(sources);
        }
        finally
        {
            writing.Release();
        }
        LocalLog.Merged(logger, model, sources.Length, opened?.Count ?? 0, settings.Time.GetElapsedTime(started));
    }

    private Made? Build(Segment[] sources)
    {
        var factory = settings.Catalogue[settings.LargeIndex];
        // A graph that took writes is one already.
        if (sources is [{ File: null, Index: IMutableVectorIndex live }] && live.Name == factory.Name && live.Count > 0)
            return new Made(factory, factory.Freeze(live), live, IsWithoutDead: false);

        var alive = entries.All.Where(entry => sources[0].First <= entry.Segment && entry.Segment <= sources[^1].Last).OrderBy(entry => entry.Id).ToArray();
        if (alive.Length == 0) return null;
        var shape = new IndexShape(sources[0].Index.Metric, sources[0].Index.Dimension);
        var index = factory.Create(shape);
        var ids = new long[Step];
        var vectors = new float[Step * shape.Dimension];
        var count = 0;
        for (var i = 0; i < alive.Length; i++)
        {
            _closing.Token.ThrowIfCancellationRequested();
            var source = Array.Find(sources, source => source.Holds(alive[i]))!;
            // Gone meanwhile from a segment that takes writes: there is none among the sources, so it is there.
            if (!source.Index.TryGetVector(alive[i].Id, vectors.AsSpan(count * shape.Dimension, shape.Dimension)))
                throw new InvalidDataException($"Segment {source.First} to {source.Last} lacks '{alive[i].Key}', which was written to it.");
            ids[count++] = alive[i].Id;
            if (count < Step && i < alive.Length - 1) continue;
            index.UpsertAll(ids.AsMemory(0, count), vectors.AsMemory(0, count * shape.Dimension), _threads);
            _progress = (i, alive.Length);
            count = 0;
        }
        return new Made(factory, factory.Freeze(index), null, IsWithoutDead: true);
    }

    /// <param name="InUse">The index that is still being searched, which may be this one.</param>
    private sealed record Made(IVectorIndexFactory Factory, IVectorIndex Index, IVectorIndex? InUse, bool IsWithoutDead) : IDisposable
    {
        public void Dispose()
        {
            if (!ReferenceEquals(Index, InUse)) Index.Dispose();
        }
    }
}
