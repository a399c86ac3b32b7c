using MassTransit;

namespace Search.Hosting.Messaging;

internal static class RabbitMqTransport
{
    internal static void Configure(IBusRegistrationConfigurator bus, IReadOnlyList<HandlerRegistration> handlers, MessagingOptions options) =>
        bus.UsingRabbitMq((context, transport) =>
        {
            transport.Host(new Uri(options.RabbitMq));
            MessagePackSerialization.Use(transport);
            var retry = new EventRetry(options);
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
                        // Replicas share a query queue; MassTransit would make any auto-delete queue exclusive to one connection.
                        endpoint.Exclusive = handler.Delivery == Delivery.Broadcast;
                    }
                    if (handler.Delivery == Delivery.Query)
                        endpoint.DiscardFaultedMessages();
                    else
                        retry.Use(endpoint);
                    handler.ConfigureConsumer(endpoint, context);
                });
            }
        });
}
