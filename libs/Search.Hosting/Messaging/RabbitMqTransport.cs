using MassTransit;

namespace Search.Hosting.Messaging;

internal static class RabbitMqTransport
{
    internal static void Configure(IBusRegistrationConfigurator bus, IReadOnlyList<HandlerRegistration> handlers, MessagingOptions options) =>
        bus.UsingRabbitMq((context, transport) =>
        {
            transport.Host(new Uri(options.RabbitMq));
            MessagePackSerialization.Use(transport);
            foreach (var handler in handlers)
            {
                transport.ReceiveEndpoint(handler.Endpoint, endpoint =>
                {
                    endpoint.ConcurrentMessageLimit = handler.Concurrency;
                    endpoint.PrefetchCount = handler.Concurrency * 2;
                    if (handler.Delivery == Delivery.Event)
                    {
                        endpoint.SetQuorumQueue();
                    }
                    else
                    {
                        // Forgotten when its last reader leaves.
                        endpoint.Durable = false;
                        endpoint.AutoDelete = true;
                    }
                    if (handler.Delivery == Delivery.Query)
                        endpoint.DiscardFaultedMessages();
                    else
                        EventRetry.Use(endpoint, options);
                    handler.ConfigureConsumer(endpoint, context);
                });
            }
        });
}
