namespace Search.Embedding;

/// <summary>
/// A fixed number of threads for work that computes and never waits, by lane and arrival. Threads of their own, because such work on the
/// thread pool would hold up everything else that runs there (requests, messages) for as long as a large picture decodes; few and lasting ones,
/// because the native allocator keeps a heap for each thread. Safe for concurrent use.
/// </summary>
internal sealed class LaneWorkers : IDisposable
{
    private readonly object _lock = new();
    private readonly LaneQueue<Job> _waiting = new();
    private readonly int _queryCapacity;
    private readonly Thread[] _threads;
    private bool _closed;

    /// <param name="name">Of the threads, for debuggers.</param>
    /// <param name="threads">From 1.</param>
    /// <param name="queryCapacity">How many queries may wait; one more is turned away.</param>
    public LaneWorkers(string name, int threads, int queryCapacity)
    {
        _queryCapacity = queryCapacity;
        _threads = [.. Enumerable.Range(0, threads).Select(i => new Thread(Serve) { Name = $"{name}-{i}", IsBackground = true })];
        foreach (var thread in _threads)
            thread.Start();
    }

    /// <param name="cancellation">Work that still waits is dropped at once; work that has begun is finished.</param>
    /// <exception cref="Contracts.ServiceProblemException">503: too many queries wait already.</exception>
    public async Task<T> RunAsync<T>(Func<T> work, WorkLane lane, CancellationToken cancellation)
    {
        var job = new Job<T>(work);
        var node = Enqueue(job, lane);
        await using var registration = cancellation.Register(() =>
        {
            // Whoever takes the node out decides: the job is run or it is dropped, never both.
            bool waiting;
            lock (_lock)
                waiting = _waiting.Remove(node);
            if (waiting)
                job.Cancel(cancellation);
        });
        return await job.Result;
    }

    /// <summary>Lets running work finish; whatever waits fails.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_closed)
                return;
            _closed = true;
            Monitor.PulseAll(_lock);
        }
        foreach (var thread in _threads)
            thread.Join();
        lock (_lock)
        {
            while (_waiting.TryDequeue(out var job))
                job.Fail(new ObjectDisposedException(nameof(LaneWorkers)));
        }
    }

    private LinkedListNode<Job> Enqueue(Job job, WorkLane lane)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            if (lane == WorkLane.Query && _waiting.CountOf(lane) >= _queryCapacity)
                throw Overload.Of(_queryCapacity);
            var node = _waiting.Enqueue(job, lane);
            Monitor.Pulse(_lock);
            return node;
        }
    }

    private void Serve()
    {
        while (Take() is { } job)
            job.Run();
    }

    private Job? Take()
    {
        lock (_lock)
        {
            while (!_closed)
            {
                if (_waiting.TryDequeue(out var job))
                    return job;
                Monitor.Wait(_lock);
            }
            return null;
        }
    }

    private abstract class Job
    {
        public abstract void Run();

        public abstract void Fail(Exception exception);
    }

    private sealed class Job<T>(Func<T> work) : Job
    {
        private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<T> Result => _result.Task;

        public override void Run()
        {
            try
            {
                _result.SetResult(work());
            }
            catch (Exception e)
            {
                // The caller's to judge; the thread lives on.
                _result.SetException(e);
            }
        }

        public override void Fail(Exception exception) => _result.SetException(exception);

        public void Cancel(CancellationToken cancellation) => _result.SetCanceled(cancellation);
    }
}
