namespace Search.Embedding;

/// <summary>
/// Lets a fixed number in at a time; who waits is let in by lane and arrival. Safe for concurrent use.
/// </summary>
/// <param name="permits">How many may be inside, from 1.</param>
/// <param name="queryCapacity">How many queries may wait; one more is turned away.</param>
internal sealed class LaneGate(int permits, int queryCapacity)
{
    private readonly Lock _lock = new();
    private readonly LaneQueue<TaskCompletionSource> _waiting = new();
    private int _free = permits;

    /// <summary>Completes when inside; then call <see cref="Leave"/> exactly once.</summary>
    /// <exception cref="Contracts.ServiceProblemException">503: too many queries wait already.</exception>
    public Task EnterAsync(WorkLane lane, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        TaskCompletionSource turn;
        LinkedListNode<TaskCompletionSource> node;
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                return Task.CompletedTask;
            }
            if (lane == WorkLane.Query && _waiting.CountOf(lane) >= queryCapacity)
                throw Overload.Of(queryCapacity);
            turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            node = _waiting.Enqueue(turn, lane);
        }
        return WaitAsync(turn, node, cancellation);
    }

    public void Leave()
    {
        lock (_lock)
        {
            if (_waiting.TryDequeue(out var next))
                next.SetResult();
            else
                _free++;
        }
    }

    private async Task WaitAsync(TaskCompletionSource turn, LinkedListNode<TaskCompletionSource> node, CancellationToken cancellation)
    {
        await using var registration = cancellation.Register(() =>
        {
            // Whoever takes the node out decides: either the turn was given or it was given up, never both.
            bool gaveUp;
            lock (_lock)
                gaveUp = _waiting.Remove(node);
            if (gaveUp)
                turn.SetCanceled(cancellation);
        });
        await turn.Task;
    }
}
