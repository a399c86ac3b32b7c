namespace Search.Embedding;

/// <summary>
/// Lets work that nobody waits for begin only while no query is under way, or after some patience, so that it goes on under steady load too. A query that comes meets at most what has begun.
/// Safe for concurrent use.
/// </summary>
internal sealed class QueriesFirst
{
    private readonly Lock _lock = new();
    private int _queries;
    private TaskCompletionSource _quiet = NewQuiet();

    public QueriesFirst() => _quiet.SetResult();

    /// <summary>A query is under way until the returned is disposed of.</summary>
    public Query Begin()
    {
        lock (_lock)
        {
            if (_queries++ == 0)
                _quiet = NewQuiet();
        }
        return new Query(this);
    }

    /// <summary>Completes when no query is under way, at the latest after the given time.</summary>
    public async Task WaitAsync(TimeSpan patience, TimeProvider time, CancellationToken cancellation)
    {
        Task quiet;
        lock (_lock)
            quiet = _quiet.Task;
        if (quiet.IsCompleted)
            return;
        try
        {
            await quiet.WaitAsync(patience, time, cancellation);
        }
        catch (TimeoutException)
        {
            // Its turn has come all the same.
        }
    }

    private static TaskCompletionSource NewQuiet() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void End()
    {
        lock (_lock)
        {
            if (--_queries == 0)
                _quiet.SetResult();
        }
    }

    internal readonly struct Query(QueriesFirst owner) : IDisposable
    {
        public void Dispose() => owner.End();
    }
}
