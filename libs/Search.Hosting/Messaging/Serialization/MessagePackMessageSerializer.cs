using System.Net.Mime;
using MassTransit;
using MassTransit.Serialization;
using MessagePack;

namespace Search.Hosting.Messaging;

/// <summary>The message alone is the body; MassTransit's envelope (ids, addresses, types) travels in the transport's headers.</summary>
internal sealed class MessagePackMessageSerializer : RawMessageSerializer, IMessageSerializer, IMessageDeserializer
{
    internal static readonly ContentType MediaType = new("application/x-msgpack");

    public ContentType ContentType => MediaType;

    public void Probe(ProbeContext context) => context.CreateScope("msgpack").Add("contentType", MediaType.MediaType);

    public MessageBody GetMessageBody<T>(SendContext<T> context) where T : class
    {
        if (typeof(T).IsInterface)
        {
            // Fault<T> and its like have no constructible shape; without this a caller would time out instead of learning of a fault.
            context.Serializer = SystemTextJsonMessageSerializer.Instance;
            return SystemTextJsonMessageSerializer.Instance.GetMessageBody(context);
        }
        SetRawMessageHeaders(context);
        return new BytesMessageBody(MessagePackSerializer.Serialize(context.Message, MessagePackSerialization.Options));
    }

    public ConsumeContext Deserialize(ReceiveContext receiveContext) =>
        new BodyConsumeContext(receiveContext, Deserialize(receiveContext.Body, receiveContext.TransportHeaders, receiveContext.InputAddress));

    public SerializerContext Deserialize(MessageBody body, Headers headers, Uri? destinationAddress = null)
    {
        var message = new RawMessageContext(headers, destinationAddress, RawSerializerOptions.AddTransportHeaders | RawSerializerOptions.CopyHeaders);
        return new MessagePackSerializerContext(message, headers.GetMessageTypes(), body.GetBytes(), this);
    }

    internal void SetRawHeaders(SendContext context) => SetRawMessageHeaders(context);

    public MessageBody GetMessageBody(string text) => new Base64MessageBody(text);
}
