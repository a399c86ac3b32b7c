namespace Search.Embedding.Tests;

/// <summary>A clock that stands still until it is moved, and tells when somebody has set a timer on it.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private long _now;
    private TaskCompletionSource _armed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        lock (_lock)
            _timers.Add(timer);
        return timer;
    }

    /// <summary>Completes when a timer is set to fire; each call waits for a new one.</summary>
    public async Task TimerIsSetAsync(CancellationToken cancellation)
    {
        Task armed;
        lock (_lock)
            armed = _armed.Task;
        await armed.WaitAsync(cancellation);
        lock (_lock)
            _armed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public void Advance(TimeSpan by)
    {
        List<ManualTimer> due;
        lock (_lock)
        {
            Interlocked.Add(ref _now, by.Ticks);
            due = _timers.FindAll(t => t.Due <= _now);
            due.ForEach(t => t.Due = long.MaxValue);
        }
        due.ForEach(t => t.Fire());
    }

    private sealed class ManualTimer(ManualTime time, Action fire) : ITimer
    {
        public long Due { get; set; } = long.MaxValue;

        public Action Fire { get; } = fire;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                Due = dueTime == Timeout.InfiniteTimeSpan ? long.MaxValue : time._now + dueTime.Ticks;
                if (Due != long.MaxValue)
                    time._armed.TrySetResult();
            }
            return true;
        }

        public void Dispose() => Due = long.MaxValue;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
