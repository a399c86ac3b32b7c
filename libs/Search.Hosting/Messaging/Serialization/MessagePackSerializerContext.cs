using System.Diagnostics.CodeAnalysis;
using System.Net.Mime;
using MassTransit;
using MassTransit.Serialization;
using MessagePack;

namespace Search.Hosting.Messaging;

/// <summary>A received MessagePack body: read on demand, or passed on as it is to the retry and dead-letter queues.</summary>
internal sealed class MessagePackSerializerContext(MessageContext message, string[] types, byte[] body, MessagePackMessageSerializer serializer)
    : BaseSerializerContext(SystemTextJsonMessageSerializer.Instance, message, types)
{
    public override bool TryGetMessage<T>([NotNullWhen(true)] out T? message) where T : class
    {
        message = TryGetMessage(typeof(T), out var value) ? (T)value : null;
        return message is not null;
    }

    public override bool TryGetMessage(Type messageType, [NotNullWhen(true)] out object? message)
    {
        message = IsSupportedMessageType(messageType)
            ? MessagePackSerializer.Deserialize(messageType, body, MessagePackSerialization.Options)
            : null;
        return message is not null;
    }

    public override IMessageSerializer GetMessageSerializer() => new ForwardedBody(body, SupportedMessageTypes, serializer);

    public override IMessageSerializer GetMessageSerializer<T>(MessageEnvelope envelope, T message) =>
        new ForwardedBody(MessagePackSerializer.Serialize(message, MessagePackSerialization.Options), envelope.MessageType ?? [], serializer);

    public override IMessageSerializer GetMessageSerializer(object message, string[] messageTypes) =>
        new ForwardedBody(MessagePackSerializer.Serialize(message.GetType(), message, MessagePackSerialization.Options), messageTypes, serializer);

    public override Dictionary<string, object> ToDictionary<T>(T? message) where T : class =>
        throw new NotSupportedException("Message initializers from dictionaries are not used here.");

    private sealed class ForwardedBody(byte[] bytes, string[] messageTypes, MessagePackMessageSerializer inner) : IMessageSerializer
    {
        public ContentType ContentType => MessagePackMessageSerializer.MediaType;

        public MessageBody GetMessageBody<T>(SendContext<T> context) where T : class
        {
            context.SupportedMessageTypes = messageTypes;
            inner.SetRawHeaders(context);
            return new BytesMessageBody(bytes);
        }
    }
}
