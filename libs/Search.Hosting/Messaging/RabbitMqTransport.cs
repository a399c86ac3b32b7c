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
                transport.ReceiveEndpoint(handler.Queue, endpoint =>
                {
                    endpoint.ConcurrentMessageLimit = handler.Concurrency;
                    endpoint.PrefetchCount = handler.Concurrency * 2;
                    if (handler.Durable)
                    {
                        endpoint.SetQuorumQueue();
                        EventRetry.Use(endpoint, options);
                    }
                    else
                    {
                        // Shared by the replicas, forgotten when the last one leaves.
                        endpoint.Durable = false;
                        endpoint.AutoDelete = true;
                        endpoint.DiscardFaultedMessages();
                    }
                    handler.ConfigureConsumer(endpoint, context);
                });
            }
        });
}
