using System.Diagnostics;
using System.Threading.Channels;
using Search.Indexing.Outbox;

namespace Search.Indexing.Storage;

/// <summary>
/// One writer with group commit. SQLite has a single write lock and waits for it by sleeping, so competing connections would lose far more
/// time than they work; queued writes wait for nobody and share one commit. Each still succeeds or fails alone: when one fails, its group is undone and runs again with a savepoint
/// before each write. So work may run twice and must not count on what it did outside the database the first time.
/// </summary>
internal sealed class WriteQueue : IAsyncDisposable
{
    /// <summary>Bounds how long the first write of a group waits for the last.</summary>
    private const int MaxGroup = 256;

    /// <summary>
    /// How long a write waits for company when it follows this close upon a commit of several; writes that come one by one wait for nobody. A commit writes some twenty-five pages, most of
    /// them the same ones each time, whether it moves one picture or ten.
    /// </summary>
    private static readonly TimeSpan Company = TimeSpan.FromMilliseconds(20);

    private readonly Channel<Write> _queue = Channel.CreateBounded<Write>(new BoundedChannelOptions(4 * MaxGroup) { SingleReader = true });
    private readonly CatalogueSession _session;
    private readonly TimeProvider _time;
    private readonly OutboxSignal _outbox;
    private readonly ReleaseSignal _released;
    private readonly Task _loop;

    internal WriteQueue(CatalogueSession session, TimeProvider time, OutboxSignal outbox, ReleaseSignal released)
    {
        (_session, _time, _outbox, _released) = (session, time, outbox, released);
        _loop = Task.Run(LoopAsync);
    }

    internal async Task<T> RunAsync<T>(Func<CatalogueSession, T> work, CancellationToken cancellation)
    {
        var write = new Write<T>(work, Activity.Current?.Id, cancellation);
        await _queue.Writer.WriteAsync(write, cancellation);
        return await write.Result;
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
        _session.Dispose();
    }

    private async Task LoopAsync()
    {
        var group = new List<Write>(MaxGroup);
        var (committed, together) = (Stopwatch.GetTimestamp(), 0);
        while (await _queue.Reader.WaitToReadAsync())
        {
            if (together > 1 && Stopwatch.GetElapsedTime(committed) < Company)
                await Task.Delay(Company);
            while (group.Count < MaxGroup && _queue.Reader.TryRead(out var write))
                group.Add(write);
            Commit(group);
            (committed, together) = (Stopwatch.GetTimestamp(), group.Count);
            group.Clear();
        }
    }

    private void Commit(List<Write> group)
    {
        try
        {
            _session.Begin(write: true);
            if (!group.TrueForAll(Run))
            {
                // Rare, so that savepoints, which copy every page that a write touches, are not paid for by every write.
                _session.TryRollback();
                _session.Begin(write: true);
                group.ForEach(RunAlone);
            }
            _session.Commit();
        }
        catch (Exception e)
        {
            // Disk full, file gone, lock held by a stranger: nobody's work is kept and everybody hears why.
            _session.TryRollback();
            foreach (var write in group)
                write.Fail(e);
            return;
        }
        foreach (var write in group)
            write.Complete();
        if (_session.Outbox.TakeChanged() | _session.Images.TakeChanged())
            _outbox.Set();
        if (_session.Content.TakeReleased())
            _released.Set();
    }

    private bool Run(Write write)
    {
        _session.Now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        _session.TraceParent = write.TraceParent;
        return write.Run(_session);
    }

    private void RunAlone(Write write)
    {
        _session.Mark();
        if (Run(write))
            _session.Keep();
        else
            _session.Undo();
    }

    private abstract class Write(string? traceParent)
    {
        internal string? TraceParent { get; } = traceParent;

        /// <returns>False when its changes must be undone.</returns>
        internal abstract bool Run(CatalogueSession session);

        /// <summary>The group is committed: tell the caller.</summary>
        internal abstract void Complete();

        internal abstract void Fail(Exception exception);
    }

    private sealed class Write<T>(Func<CatalogueSession, T> work, string? traceParent, CancellationToken cancellation) : Write(traceParent)
    {
        private readonly TaskCompletionSource<T> _caller = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _value;
        private Exception? _exception;

        internal Task<T> Result => _caller.Task;

        internal override bool Run(CatalogueSession session)
        {
            try
            {
                _exception = null;
                cancellation.ThrowIfCancellationRequested();
                _value = work(session);
                return true;
            }
            catch (Exception e)
            {
                _exception = e;
                return false;
            }
        }

        internal override void Complete()
        {
            if (_exception is null)
                _caller.SetResult(_value!);
            else
                Fail(_exception);
        }

        internal override void Fail(Exception exception)
        {
            if (exception is OperationCanceledException)
                _caller.TrySetCanceled(cancellation);
            else
                _caller.TrySetException(exception);
        }
    }
}
