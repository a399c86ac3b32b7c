namespace Search.Embedding;

/// <summary>
/// Callers that want the same thing at the same time share one computation. It is cancelled only when the last of them has given up. Nothing is
/// kept once it is done. Safe for concurrent use.
/// </summary>
internal sealed class SharedComputations<TValue>
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Computation> _running = new(StringComparer.Ordinal);

    public async Task<TValue> GetAsync(string key, Func<CancellationToken, Task<TValue>> compute, CancellationToken cancellation)
    {
        Computation computation;
        lock (_lock)
        {
            if (!_running.TryGetValue(key, out computation!))
            {
                computation = new Computation();
                _running.Add(key, computation);
                // On the pool: the computation must not run inside the lock.
                computation.Result = Task.Run(() => RunAsync(key, computation, compute), CancellationToken.None);
            }
            computation.Waiters++;
        }
        try
        {
            return await computation.Result.WaitAsync(cancellation);
        }
        finally
        {
            Leave(key, computation);
        }
    }

    private async Task<TValue> RunAsync(string key, Computation computation, Func<CancellationToken, Task<TValue>> compute)
    {
        try
        {
            return await compute(computation.Abandoned.Token);
        }
        finally
        {
            lock (_lock)
                Forget(key, computation);
        }
    }

    private void Leave(string key, Computation computation)
    {
        lock (_lock)
        {
            if (--computation.Waiters > 0)
                return;
            // From here a newcomer starts afresh instead of joining what is being cancelled.
            Forget(key, computation);
        }
        if (!computation.Result.IsCompleted)
            computation.Abandoned.Cancel();
    }

    private void Forget(string key, Computation computation)
    {
        if (_running.TryGetValue(key, out var current) && current == computation)
            _running.Remove(key);
    }

    private sealed class Computation
    {
        public CancellationTokenSource Abandoned { get; } = new();

        public Task<TValue> Result { get; set; } = null!;

        public int Waiters { get; set; }
    }
}
