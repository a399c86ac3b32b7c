using MassTransit;

namespace Search.Hosting.Messaging;

/// <summary>Events over the bus; the task completes with the broker's confirm.</summary>
internal sealed class BusEventBus(IBus bus) : IEventBus
{
    public Task PublishAsync<TEvent>(TEvent message, CancellationToken cancellation) where TEvent : class => bus.Publish(message, cancellation);
}
