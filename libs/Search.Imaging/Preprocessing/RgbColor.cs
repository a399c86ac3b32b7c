using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Search.Imaging;

/// <summary>An opaque sRGB colour, written "#rrggbb".</summary>
[JsonConverter(typeof(HexConverter))]
public readonly record struct RgbColor(byte R, byte G, byte B)
{
    public static RgbColor White { get; } = new(255, 255, 255);

    public override string ToString() => $"#{R:x2}{G:x2}{B:x2}";

    private sealed class HexConverter : JsonConverter<RgbColor>
    {
        public override RgbColor Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.GetString();
            if (text is { Length: 7 } && text[0] == '#'
                && uint.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb))
            {
                return new((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb);
            }

            throw new JsonException($"\"{text}\" is not a colour; write it as \"#rrggbb\"");
        }

        public override void Write(Utf8JsonWriter writer, RgbColor value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
