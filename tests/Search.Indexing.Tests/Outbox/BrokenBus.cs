using Search.Hosting.Messaging;

namespace Search.Indexing.Tests.Outbox;

/// <summary>A bus that refuses messages as told, and passes on the others.</summary>
internal sealed class BrokenBus(IEventBus bus, Func<object, bool> refuses) : IEventBus
{
    private int _refused;

    internal int Refused => _refused;

    public Task PublishAsync<TEvent>(TEvent message, CancellationToken cancellation) where TEvent : class
    {
        if (!refuses(message))
            return bus.PublishAsync(message, cancellation);
        Interlocked.Increment(ref _refused);
        return Task.FromException(new IOException("The broker is away."));
    }
}
