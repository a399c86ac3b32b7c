using System.Threading.Channels;
using Search.Contracts.Messages;
using Search.Hosting.Messaging;

namespace Search.Ann.Releases;

/// <summary>Looks for collections to drop: at the start, when an alias has changed, and now and then in case that was not heard of.</summary>
internal sealed class CollectionSweeper(CollectionSweep sweep, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<CollectionSweeper> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    // One signal is as good as many.
    private readonly Channel<bool> _looks = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Look() => _looks.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var started = lifetime.ApplicationStarted.Register(Look);
        using var timer = time.CreateTimer(_ => Look(), null, Interval, Interval);
        await foreach (var _ in _looks.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await sweep.RunAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                AnnLog.DroppingFailed(logger, e);
            }
        }
    }
}

internal sealed class ModelAliasesChangedHandler(ReleasedModels released, CollectionSweeper sweeper) : IEventHandler<ModelAliasesChanged>
{
    public Task HandleAsync(ModelAliasesChanged message, CancellationToken cancellation)
    {
        released.Forget();
        sweeper.Look();
        return Task.CompletedTask;
    }
}
