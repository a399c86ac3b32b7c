using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Search.MetricLearning.Weights;

/// <summary>Writes what <see cref="SafeTensorsReader"/> reads. The same tensors give the same bytes: names are written in order.</summary>
public static class SafeTensorsWriter
{
    /// <summary>Writes <paramref name="tensors"/> and optional text <paramref name="metadata"/>.</summary>
    public static void Write(
        Stream destination, IReadOnlyDictionary<string, WeightTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentNullException.ThrowIfNull(tensors);
        var ordered = tensors.OrderBy(t => t.Key, StringComparer.Ordinal).ToArray();
        var header = Header(ordered, metadata);
        // Spaces are valid JSON after the header and keep the data 8-byte aligned for readers that map the file.
        var padding = (8 - header.Length % 8) % 8;

        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length + padding);
        destination.Write(length);
        destination.Write(header);
        destination.Write("        "u8[..padding]);
        foreach (var (_, tensor) in ordered)
            destination.Write(MemoryMarshal.AsBytes(tensor.Values.AsSpan()));
    }

    private static byte[] Header(KeyValuePair<string, WeightTensor>[] tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (metadata is not null)
                WriteMetadata(json, metadata);
            long offset = 0;
            foreach (var (name, tensor) in tensors)
                offset = WriteEntry(json, name, tensor, offset);
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        json.WriteStartObject("__metadata__");
        foreach (var (key, value) in metadata.OrderBy(m => m.Key, StringComparer.Ordinal))
            json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static long WriteEntry(Utf8JsonWriter json, string name, WeightTensor tensor, long offset)
    {
        var end = offset + (long)tensor.Values.Length * sizeof(float);
        json.WriteStartObject(name);
        json.WriteString("dtype", "F32");
        json.WriteStartArray("shape");
        foreach (var dimension in tensor.Shape)
            json.WriteNumberValue(dimension);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        json.WriteNumberValue(end);
        json.WriteEndArray();
        json.WriteEndObject();
        return end;
    }
}
