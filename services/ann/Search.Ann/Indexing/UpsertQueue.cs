using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Search.Ann.Collections;
using Search.Ann.Telemetry;

namespace Search.Ann.Indexing;

/// <summary>
/// Group commit: whatever has queued up while one batch was written makes the next. A lone picture is written at once, and under load one
/// journal write and one flush serve many.
/// </summary>
internal sealed class UpsertQueue(IOptions<AnnOptions> options, AnnMetrics metrics) : BackgroundService
{
    private readonly Channel<Pending> _queue = Channel.CreateBounded<Pending>(4 * options.Value.MaxBatch);

    /// <summary>Completes when the entry is durable and searches find it.</summary>
    public async Task<UpsertOutcome> StoreAsync(IVectorCollection collection, VectorEntry entry, CancellationToken cancellation)
    {
        var pending = new Pending(collection, entry, new TaskCompletionSource<UpsertOutcome>(TaskCreationOptions.RunContinuationsAsynchronously));
        await _queue.Writer.WriteAsync(pending, cancellation);
        return await pending.Done.Task.WaitAsync(cancellation);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var first in _queue.Reader.ReadAllAsync(stoppingToken))
            {
                var batch = new List<Pending> { first };
                while (batch.Count < options.Value.MaxBatch && _queue.Reader.TryRead(out var next))
                    batch.Add(next);
                foreach (var one in batch.GroupBy(pending => pending.Collection))
                    await WriteAsync(one.Key, [.. one], stoppingToken);
            }
        }
        finally
        {
            // Whoever still waits learns that nothing was written: the event is delivered again after the restart.
            _queue.Writer.TryComplete();
            while (_queue.Reader.TryRead(out var pending))
                pending.Done.TrySetCanceled(CancellationToken.None);
        }
    }

    private async Task WriteAsync(IVectorCollection collection, IReadOnlyList<Pending> batch, CancellationToken cancellation)
    {
        try
        {
            var outcomes = await collection.UpsertAsync(collection.Model, [.. batch.Select(pending => pending.Entry)], cancellation);
            var stale = outcomes.Count(outcome => outcome == UpsertOutcome.Stale);
            metrics.Wrote(outcomes.Count - stale, stale);
            for (var i = 0; i < batch.Count; i++)
                batch[i].Done.TrySetResult(outcomes[i]);
        }
        catch (Exception e) when (e is ArgumentException or FormatException && batch.Count > 1)
        {
            // One bad entry refuses a batch; alone, it fails alone.
            foreach (var pending in batch)
                await WriteAsync(collection, [pending], cancellation);
        }
        catch (Exception e)
        {
            foreach (var pending in batch)
                pending.Done.TrySetException(e);
        }
    }

    private sealed record Pending(IVectorCollection Collection, VectorEntry Entry, TaskCompletionSource<UpsertOutcome> Done);
}
