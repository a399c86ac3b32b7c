using Search.Ann.Indexes;
using Search.Contracts;

namespace Search.Ann.Local.Segments;

/// <summary>
/// Freezes segments that take no more writes at once, and merges small ones when writes have paused or there are many. It computes with what processors have to spare, but for that last case, and holds up writes for two moments
/// alone, in which it looks at the list and in which the list changes; searches never. What it makes is in a file before it is in the list, and counts once a snapshot names it: until then the journal or the files before it have all there is.
/// </summary>
/// <param name="writing">Held by whoever writes.</param>
/// <param name="onReplaced">Called with the segments that went, while <paramref name="writing"/> is held.</param>
internal sealed class SegmentKeeper(
    EmbeddingModelId model, CollectionFolder folder, SegmentList list, EntryTable entries, LocalSettings settings, SemaphoreSlim writing, Action<Segment[]> onReplaced, ILogger logger) : IAsyncDisposable
{
    // So many at a time, between which it sees that the collection is being closed.
    private const int Step = 2_048;

    // How often it looks whether writes have paused.
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _closing = new();
    private Task _work = Task.CompletedTask;

    // Changed while writing is held: so no change of the list falls between the last look of a run and the next start.
    private volatile bool _isAtWork;
    private Segment[]? _failedAt;
    private (int Done, int Of) _progress;
    private long _lastWrite = settings.Time.GetTimestamp();

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
        Volatile.Write(ref _lastWrite, settings.Time.GetTimestamp());
        if (_isAtWork || ReferenceEquals(_failedAt, list.All) || Choose(out _, out _).Length == 0) return;
        _isAtWork = true;
        _work = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
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
                bool isUrgent, canWait;
                int file;
                try
                {
                    sources = Choose(out isUrgent, out canWait);
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
                if (!canWait || settings.Time.GetElapsedTime(Volatile.Read(ref _lastWrite)) >= settings.MergeAfterQuiet) Make(sources, file, isUrgent);
                else if (_closing.Token.WaitHandle.WaitOne(_look)) return;
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

    /// <param name="isUrgent">Whether searches suffer until it is done.</param>
    /// <param name="canWait">Whether it is only for faster searches later, and would make these slower where processors are short.</param>
    private Segment[] Choose(out bool isUrgent, out bool canWait)
    {
        var all = list.All.AsSpan()[..^1];
        var toFreeze = all[MergePolicy.ToFreeze(all)];
        isUrgent = MergePolicy.IsUrgent(all);
        canWait = toFreeze.IsEmpty && !isUrgent;
        return (toFreeze.IsEmpty ? all[MergePolicy.ToMerge(all)] : toFreeze).ToArray();
    }

    private void Make(Segment[] sources, int file, bool isUrgent)
    {
        var started = settings.Time.GetTimestamp();
        var deadBefore = sources.Sum(source => source.Dead);
        // Where processors are short for long, waiting for a free one would let segments pile up.
        var made = isUrgent ? Build(sources, folder.Segment(file)) : ModestThread.Run(() => Build(sources, folder.Segment(file)));

        writing.Wait(_closing.Token);
        try
        {
            var merged = made is null ? null : new Segment(sources[0].First, sources[^1].Last, made.Index, settings.LargeIndex, file)
            {
                Dead = sources.Sum(source => source.Dead) - (made.HasDead ? 0 : deadBefore),
            };
            list.Replace(sources, merged);
            onReplaced(sources);
        }
        finally
        {
            writing.Release();
        }
        LocalLog.Merged(logger, model, sources.Length, made?.Index.Count ?? 0, settings.Time.GetElapsedTime(started));
    }

    /// <summary>Makes one of them in a file, and opens that; null where nothing is alive. One thread, and nothing in it that wakes up others: see <see cref="ModestThread"/>.</summary>
    private Made? Build(Segment[] sources, string path)
    {
        var factory = settings.Catalogue[settings.LargeIndex];
        // A graph that took writes is one already.
        if (sources is [{ File: null, Index: IMutableVectorIndex live }] && live.Name == factory.Name && live.Count > 0)
            return new Made(Filed(factory, live, path), HasDead: true);
        using var merged = Merged(factory, sources);
        return merged.Count == 0 ? null : new Made(Filed(factory, merged, path), HasDead: false);
    }

    private IMutableVectorIndex Merged(IVectorIndexFactory factory, Segment[] sources)
    {
        var alive = entries.All.Where(entry => sources[0].First <= entry.Segment && entry.Segment <= sources[^1].Last).OrderBy(entry => entry.Id).ToArray();
        var shape = new IndexShape(sources[0].Index.Metric, sources[0].Index.Dimension);
        var index = factory.Create(shape);
        var ids = new long[Step];
        var vectors = new float[Step * shape.Dimension];
        var count = 0;
        for (var i = 0; i < alive.Length; i++)
        {
            _closing.Token.ThrowIfCancellationRequested();
            var source = Array.Find(sources, source => source.Holds(alive[i]))!;
            // None of them takes writes, so what an entry says is there.
            if (!source.Index.TryGetVector(alive[i].Id, vectors.AsSpan(count * shape.Dimension, shape.Dimension)))
                throw new InvalidDataException($"Segment {source.First} to {source.Last} lacks '{alive[i].Key}', which was written to it.");
            ids[count++] = alive[i].Id;
            if (count < Step && i < alive.Length - 1) continue;
            index.UpsertAll(ids.AsMemory(0, count), vectors.AsMemory(0, count * shape.Dimension), threads: 1);
            _progress = (i, alive.Length);
            count = 0;
        }
        return index;
    }

    private static IVectorIndex Filed(IVectorIndexFactory factory, IMutableVectorIndex index, string path)
    {
        var frozen = factory.Freeze(index);
        CollectionFolder.WriteAtomically(path, frozen.Save);
        if (!ReferenceEquals(frozen, index)) frozen.Dispose();
        // Read back before anything depends on it.
        return factory.Open(path);
    }

    private sealed record Made(IVectorIndex Index, bool HasDead);
}
