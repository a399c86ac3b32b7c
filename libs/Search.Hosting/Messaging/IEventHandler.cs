namespace Search.Hosting.Messaging;

/// <summary>
/// Takes one kind of event. A scope a call. Delivery is at least once and in any order, so handling is idempotent; what is thrown is
/// retried and at last kept in the dead-letter queue, never acknowledged.
/// </summary>
public interface IEventHandler<in TEvent> where TEvent : class
{
    Task HandleAsync(TEvent message, CancellationToken cancellation);
}
