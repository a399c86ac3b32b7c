using System.Threading.Channels;

namespace Search.Indexing.Outbox;

/// <summary>Wakes a background loop. Many <see cref="Set"/> before it looks are one. Safe for concurrent use.</summary>
internal abstract class Signal
{
    private readonly Channel<bool> _set = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    internal void Set() => _set.Writer.TryWrite(true);

    /// <summary>Returns when set, or after the time-out, whichever is first.</summary>
    internal async Task WaitAsync(TimeSpan timeout, TimeProvider time, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var set = _set.Reader.ReadAsync(limit.Token).AsTask();
        await Task.WhenAny(set, Task.Delay(timeout, time, limit.Token));
        await limit.CancelAsync();
        await set.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        cancellation.ThrowIfCancellationRequested();
    }
}

/// <summary>There is something to publish, or room to publish it.</summary>
internal sealed class OutboxSignal : Signal;

/// <summary>Content may have lost its last reference.</summary>
internal sealed class ReleaseSignal : Signal;
