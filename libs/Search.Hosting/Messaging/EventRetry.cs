using MassTransit;

namespace Search.Hosting.Messaging;

internal static class EventRetry
{
    /// <summary>Retries in place with growing pauses; after the last one MassTransit moves the event to <c>QUEUE_error</c>.</summary>
    internal static void Use(IReceiveEndpointConfigurator endpoint, MessagingOptions options)
    {
        if (options.EventRetries == 0)
            return;
        var first = TimeSpan.FromMilliseconds(options.EventRetryDelayMs);
        endpoint.UseMessageRetry(retry => retry.Exponential(options.EventRetries, first, TimeSpan.FromMinutes(1), first));
    }
}
