namespace Search.Hosting.Messaging;

/// <summary>The data plane: durable events, delivered at least once. Safe for concurrent use.</summary>
public interface IEventBus
{
    /// <summary>Returns when the broker has taken the event.</summary>
    Task PublishAsync<TEvent>(TEvent message, CancellationToken cancellation) where TEvent : class;
}
