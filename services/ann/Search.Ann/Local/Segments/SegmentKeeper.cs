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
    // How often it looks whether writes have paused.
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _closing = new();
    private readonly SegmentBuilder _builder = new(entries, settings.Catalogue[settings.LargeIndex]);
    private Task _work = Task.CompletedTask;

    // Changed while writing is held: so no change of the list falls between the last look of a run and the next start.
    private volatile bool _isAtWork;
    private Segment[]? _failedAt;
    private Pace? _pace;
    private long _lastWrite = settings.Time.GetTimestamp();

    /// <summary>How far the segment in work is, 0 as long as it waits; null when there is nothing to do.</summary>
    public double? Progress => _isAtWork ? _builder.Progress : null;

    /// <summary>Starts when there is something to do, and makes haste where too much has come. To be called by the writer.</summary>
    public void StartIfDue()
    {
        Volatile.Write(ref _lastWrite, settings.Time.GetTimestamp());
        if (_isAtWork && MergePolicy.IsUrgent(list.All.AsSpan()[..^1])) _pace?.Hurry();
        if (_isAtWork || ReferenceEquals(_failedAt, list.All) || Choose(out _, out _).Length == 0) return;
        _isAtWork = true;
        _work = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>To be called by the writer, the last time. Waits until it has stopped, which takes a moment, or as long as writing a file; what it was making is made anew at the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _work;
        _pace?.Dispose();
        _closing.Dispose();
    }

    private void Run()
    {
        try
        {
            while (TryTake(out var sources, out var pace))
            {
                if (pace is not null) Make(sources, pace);
                else _closing.Token.WaitHandle.WaitOne(_look);
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

    /// <summary>What is to be done next. False when nothing is, and this run ends.</summary>
    /// <param name="pace">Null where it waits until writes have paused.</param>
    private bool TryTake(out Segment[] sources, out Pace? pace)
    {
        writing.Wait(_closing.Token);
        try
        {
            sources = Choose(out var isUrgent, out var canWait);
            _isAtWork = sources.Length > 0;
            var isDue = _isAtWork && (!canWait || settings.Time.GetElapsedTime(Volatile.Read(ref _lastWrite)) >= settings.MergeAfterQuiet);
            _pace?.Dispose();
            _pace = pace = isDue ? new Pace(isUrgent, _closing.Token) : null;
            return _isAtWork;
        }
        finally
        {
            writing.Release();
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

    private void Make(Segment[] sources, Pace pace)
    {
        var file = folder.TakeSegmentNumber();
        var started = settings.Time.GetTimestamp();
        var deadBefore = sources.Sum(source => source.Dead);
        var made = _builder.Build(sources, folder.Segment(file), pace);

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
}
