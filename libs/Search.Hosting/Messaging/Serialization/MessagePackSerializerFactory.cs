using System.Net.Mime;
using MassTransit;

namespace Search.Hosting.Messaging;

internal sealed class MessagePackSerializerFactory : ISerializerFactory
{
    private readonly MessagePackMessageSerializer _serializer = new();

    public ContentType ContentType => MessagePackMessageSerializer.MediaType;

    public IMessageSerializer CreateSerializer() => _serializer;

    public IMessageDeserializer CreateDeserializer() => _serializer;
}
