using MassTransit;

namespace Search.Hosting.Messaging;

internal static class InMemoryTransport
{
    internal static void Configure(IBusRegistrationConfigurator bus, IReadOnlyList<HandlerRegistration> handlers, MessagingOptions options) =>
        bus.UsingInMemory((context, transport) =>
        {
            MessagePackSerialization.Use(transport);
            foreach (var handler in handlers)
            {
                transport.ReceiveEndpoint(handler.Endpoint, endpoint =>
                {
                    endpoint.ConcurrentMessageLimit = handler.Concurrency;
                    EventRetry.Use(endpoint, options);
                    handler.ConfigureConsumer(endpoint, context);
                });
            }
        });
}
