using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Search.Hosting.Messaging;

/// <summary>
/// Events when every service runs in this process: a queue a handler, in memory, and the message itself in it, so nothing is serialised. What is queued is lost
/// with the process, and whoever must not lose it sends it again at start.
/// </summary>
internal sealed class InProcessEventBus : BackgroundService, IEventBus
{
    private readonly InProcessQueue[] _queues;
    private readonly ILookup<Type, InProcessQueue> _byEvent;

    public InProcessEventBus(
        IEnumerable<HandlerRegistration> handlers, IServiceScopeFactory scopes, IOptions<MessagingOptions> options, TimeProvider time, ILogger<InProcessEventBus> logger)
    {
        var retry = new EventRetry(options.Value);
        _queues = [.. handlers.Select(h => h.CreateQueue(scopes, retry, time, logger)).OfType<InProcessQueue>()];
        _byEvent = _queues.ToLookup(q => q.EventType);
    }

    public Task PublishAsync<TEvent>(TEvent message, CancellationToken cancellation) where TEvent : class
    {
        foreach (var queue in _byEvent[typeof(TEvent)])
            queue.Add(message);
        return Task.CompletedTask;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(_queues.Select(q => q.RunAsync(stoppingToken)));
}
