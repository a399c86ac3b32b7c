using MassTransit;
using MessagePack;
using MessagePack.Resolvers;

namespace Search.Hosting.Messaging;

/// <summary>
/// Messages travel as MessagePack: a query carries a picture and an answer a vector, which JSON would blow up by a third and parse slowly.
/// </summary>
internal static class MessagePackSerialization
{
    internal static readonly MessagePackSerializerOptions Options = MessagePackSerializerOptions.Standard
        .WithResolver(CompositeResolver.Create([new EmbeddingModelIdFormatter()], [ContractlessStandardResolver.Instance]))
        .WithSecurity(MessagePackSecurity.UntrustedData);

    /// <summary>Sends as MessagePack; JSON stays readable, since MassTransit's own messages (faults) are interfaces and travel as JSON.</summary>
    internal static void Use(IBusFactoryConfigurator transport)
    {
        var factory = new MessagePackSerializerFactory();
        transport.AddSerializer(factory);
        transport.AddDeserializer(factory);
    }
}
