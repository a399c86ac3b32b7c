using System.Diagnostics;

namespace Search.Embedding;

/// <summary>
/// Dynamic batching in front of the model. A picture that finds no inference running starts at once, alone. While one runs, those that arrive gather
/// until the batch is full, the first has waited for the deadline, or the running one is done, whichever comes first.
/// Runners have threads of their own: inference neither starves nor waits for the thread pool. Safe for concurrent use.
/// </summary>
internal sealed class InferenceQueue : IDisposable
{
    private readonly object _lock = new();
    private readonly LaneQueue<InferenceRequest> _waiting = new();
    private readonly BatchPolicy _policy;
    private readonly TimeProvider _time;
    private readonly ITimer _deadline;
    private readonly Thread[] _threads;
    private int _running;
    private bool _closed;

    /// <param name="runners">One thread each; disposed with the queue.</param>
    public InferenceQueue(IReadOnlyList<IBatchRunner> runners, BatchPolicy policy, TimeProvider time)
    {
        _policy = policy;
        _time = time;
        _deadline = time.CreateTimer(_ => WakeRunner(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _threads = [.. runners.Select((runner, i) => new Thread(() => Serve(runner)) { Name = $"inference-{i}", IsBackground = true })];
        foreach (var thread in _threads)
            thread.Start();
    }

    /// <summary>Embeds one picture.</summary>
    /// <param name="input">The queue takes it over, whatever happens.</param>
    /// <param name="cancellation">A picture that still waits is dropped at once; one inside the model is finished and forgotten.</param>
    /// <exception cref="Contracts.ServiceProblemException">503: too many queries wait already.</exception>
    public async Task<float[]> RunAsync(InputTensor input, WorkLane lane, CancellationToken cancellation)
    {
        var request = new InferenceRequest(input, lane, _time.GetTimestamp());
        var node = Enqueue(request);
        await using var registration = cancellation.Register(() =>
        {
            bool waiting;
            lock (_lock)
                waiting = _waiting.Remove(node);
            if (!waiting)
                return;
            EmbeddingMetrics.QueueDepth.Add(-1);
            request.Cancel(cancellation);
        });
        var vector = await request.Result;
        cancellation.ThrowIfCancellationRequested();
        return vector;
    }

    /// <summary>Lets running inferences finish; whatever waits fails.</summary>
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
        _deadline.Dispose();
        lock (_lock)
        {
            while (_waiting.TryDequeue(out var request))
                request.Fail(new ObjectDisposedException(nameof(InferenceQueue)));
        }
    }

    private LinkedListNode<InferenceRequest> Enqueue(InferenceRequest request)
    {
        lock (_lock)
        {
            if (_closed || (request.Lane == WorkLane.Query && _waiting.CountOf(request.Lane) >= _policy.QueryCapacity))
            {
                request.Input.Dispose();
                ObjectDisposedException.ThrowIf(_closed, this);
                throw Overload.Of(_policy.QueryCapacity);
            }
            EmbeddingMetrics.QueueDepth.Add(1);
            var node = _waiting.Enqueue(request, request.Lane);
            Monitor.Pulse(_lock);
            return node;
        }
    }

    private void Serve(IBatchRunner runner)
    {
        using var owned = runner;
        var batch = new List<InferenceRequest>(_policy.MaxSize);
        var inputs = new InputTensor[_policy.MaxSize];
        while (Take(batch))
        {
            for (var i = 0; i < batch.Count; i++)
                inputs[i] = batch[i].Input;
            Run(runner, batch, inputs.AsSpan(0, batch.Count));
            batch.Clear();
            lock (_lock)
                _running--;
        }
    }

    private void Run(IBatchRunner runner, List<InferenceRequest> batch, ReadOnlySpan<InputTensor> inputs)
    {
        EmbeddingMetrics.QueueDepth.Add(-batch.Count);
        EmbeddingMetrics.BatchSize.Record(batch.Count);
        var started = _time.GetTimestamp();
        try
        {
            var vectors = runner.Run(inputs);
            EmbeddingMetrics.InferenceDuration.Record(_time.GetElapsedTime(started).TotalSeconds);
            var dimension = vectors.Length / batch.Count;
            for (var i = 0; i < batch.Count; i++)
                batch[i].Complete(vectors.Slice(i * dimension, dimension));
        }
        catch (Exception e)
        {
            // Each request learns of it and the runner lives on: one failed batch must not silence the service.
            foreach (var request in batch)
                request.Fail(e);
        }
    }

    /// <summary>Waits for the next batch and counts it as running.</summary>
    /// <returns>False when the queue closes.</returns>
    private bool Take(List<InferenceRequest> batch)
    {
        lock (_lock)
        {
            while (!_closed)
            {
                if (IsDue())
                {
                    while (batch.Count < _policy.MaxSize && _waiting.TryDequeue(out var request))
                        batch.Add(request);
                    _running++;
                    // What is left has its own deadline, for another runner to watch.
                    if (_waiting.Count > 0)
                        Monitor.Pulse(_lock);
                    return true;
                }
                Monitor.Wait(_lock);
            }
            return false;
        }
    }

    /// <summary>Is there a batch to start now? If it has to wait for its deadline, the timer is set.</summary>
    private bool IsDue()
    {
        Debug.Assert(Monitor.IsEntered(_lock));
        if (_waiting.Count == 0)
            return false;
        if (_running == 0 || _waiting.Count >= _policy.MaxSize)
            return true;
        var left = _policy.Deadline - _time.GetElapsedTime(_waiting.Heads().Min(r => r.Enqueued));
        if (left <= TimeSpan.Zero)
            return true;
        _deadline.Change(left, Timeout.InfiniteTimeSpan);
        return false;
    }

    private void WakeRunner()
    {
        lock (_lock)
            Monitor.Pulse(_lock);
    }
}
