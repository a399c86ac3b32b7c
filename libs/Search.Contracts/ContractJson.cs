using System.Text.Json;
using System.Text.Json.Serialization;

namespace Search.Contracts;

/// <summary>How contracts are written where they are kept or handed over as text: model ids in their text form, enumerations by name, and nothing missing when they are read.</summary>
public static class ContractJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new ModelIdConverter(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    private sealed class ModelIdConverter : JsonConverter<EmbeddingModelId>
    {
        public override EmbeddingModelId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            return EmbeddingModelId.IsValid(text) ? new EmbeddingModelId(text) : throw new JsonException($"'{text}' is not a model id.");
        }

        public override void Write(Utf8JsonWriter writer, EmbeddingModelId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }
}
