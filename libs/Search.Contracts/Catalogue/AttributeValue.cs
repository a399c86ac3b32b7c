using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Search.Contracts.Catalogue;

/// <summary>An attribute is a string or a finite number, never both; in JSON it is written as just that.</summary>
[JsonConverter(typeof(AttributeValueJsonConverter))]
public readonly record struct AttributeValue(string? Text, double? Number)
{
    public static AttributeValue Of(string text) => new(text, null);

    public static AttributeValue Of(double number) => new(null, number);

    /// <summary>Strings compare without case, as shoppers and spreadsheets write them.</summary>
    public bool Matches(AttributeValue other) => Number is { } number
        ? other.Number == number
        : Text is not null && string.Equals(Text, other.Text, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => Number?.ToString("R", CultureInfo.InvariantCulture) ?? Text ?? "";
}

internal sealed class AttributeValueJsonConverter : JsonConverter<AttributeValue>
{
    public override AttributeValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => AttributeValue.Of(reader.GetString()!),
        JsonTokenType.Number when reader.TryGetDouble(out var number) && double.IsFinite(number) => AttributeValue.Of(number),
        _ => throw new JsonException("An attribute is a string or a finite number."),
    };

    public override void Write(Utf8JsonWriter writer, AttributeValue value, JsonSerializerOptions options)
    {
        if (value.Number is { } number)
            writer.WriteNumberValue(number);
        else
            writer.WriteStringValue(value.Text);
    }
}
