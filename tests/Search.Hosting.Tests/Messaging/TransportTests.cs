using Search.Testing;

namespace Search.Hosting.Tests.Messaging;

public sealed class InMemoryTransportTests : MessagingContract
{
    protected override string Transport => "InMemory";

    protected override string Address => "amqp://unused";

    protected override void SkipIfAbsent()
    {
    }
}

public sealed class RabbitMqTransportTests(RabbitMqBroker broker) : MessagingContract, IClassFixture<RabbitMqBroker>
{
    protected override string Transport => "RabbitMq";

    protected override string Address => broker.Address;

    protected override void SkipIfAbsent()
    {
        if (broker.WhyNot is { } reason)
            Assert.Skip(reason);
    }
}
