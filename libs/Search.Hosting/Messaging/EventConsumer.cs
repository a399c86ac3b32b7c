using MassTransit;

namespace Search.Hosting.Messaging;

/// <summary>Carries an event from the bus to its handler; an exception leaves it to the endpoint's retry and dead-letter queue.</summary>
internal sealed class EventConsumer<TEvent, THandler>(THandler handler) : IConsumer<TEvent>
    where TEvent : class
    where THandler : class, IEventHandler<TEvent>
{
    public Task Consume(ConsumeContext<TEvent> context) => handler.HandleAsync(context.Message, context.CancellationToken);
}
