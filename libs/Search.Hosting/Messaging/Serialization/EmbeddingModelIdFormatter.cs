using MessagePack;
using MessagePack.Formatters;
using Search.Contracts;

namespace Search.Hosting.Messaging;

/// <summary>A model id travels as its text form and is checked when it arrives.</summary>
internal sealed class EmbeddingModelIdFormatter : IMessagePackFormatter<EmbeddingModelId>
{
    public void Serialize(ref MessagePackWriter writer, EmbeddingModelId value, MessagePackSerializerOptions options) => writer.Write(value.Value);

    public EmbeddingModelId Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) => new(reader.ReadString() ?? "");
}
