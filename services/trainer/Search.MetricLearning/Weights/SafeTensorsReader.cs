using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Search.MetricLearning.Weights;

/// <summary>
/// Reads safetensors: 8 bytes of header length (little-endian), a JSON header with type, shape and byte range of each
/// tensor, then the bytes. Nothing in the file is trusted: lengths, shapes and ranges must agree with each other and
/// with the file before anything is allocated from them. Only float32 is read.
/// </summary>
public static class SafeTensorsReader
{
    // The format's own limit; a header describes tensors and has no reason to be larger.
    private const long LargestHeader = 100_000_000;

    /// <exception cref="WeightFormatException">The file is damaged or holds something else than float32 tensors.</exception>
    public static IReadOnlyDictionary<string, WeightTensor> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Read(File.ReadAllBytes(path));
    }

    /// <inheritdoc cref="Read(string)"/>
    public static IReadOnlyDictionary<string, WeightTensor> Read(ReadOnlyMemory<byte> file)
    {
        if (file.Length < 8)
            throw new WeightFormatException("A safetensors file has at least 8 bytes.");
        var headerLength = BinaryPrimitives.ReadUInt64LittleEndian(file.Span);
        if (headerLength > LargestHeader || headerLength > (ulong)(file.Length - 8))
            throw new WeightFormatException($"A header of {headerLength} bytes does not fit a file of {file.Length} bytes.");
        var header = file.Slice(8, (int)headerLength);
        var data = file.Slice(8 + (int)headerLength);
        try
        {
            using var json = JsonDocument.Parse(header);
            var tensors = new Dictionary<string, WeightTensor>();
            foreach (var entry in json.RootElement.EnumerateObject())
                if (entry.Name != "__metadata__" && !tensors.TryAdd(entry.Name, ReadTensor(entry, data.Span)))
                    throw new WeightFormatException($"The tensor '{entry.Name}' is there twice.");
            return tensors;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new WeightFormatException($"The safetensors header is not what it should be: {e.Message}", e);
        }
    }

    private static WeightTensor ReadTensor(JsonProperty entry, ReadOnlySpan<byte> data)
    {
        if (entry.Value.GetProperty("dtype").GetString() is not "F32" and var type)
            throw new WeightFormatException($"'{entry.Name}' has type {type}; only F32 is read.");
        var shape = entry.Value.GetProperty("shape").EnumerateArray().Select(d => d.GetInt64()).ToArray();
        var range = entry.Value.GetProperty("data_offsets").EnumerateArray().Select(o => o.GetInt64()).ToArray();
        if (range is not [var start, var end] || start < 0 || end < start || end > data.Length)
            throw new WeightFormatException($"'{entry.Name}' lies outside the file.");
        if (ByteCount(shape) != end - start)
            throw new WeightFormatException($"'{entry.Name}' has {end - start} bytes, which is not its shape [{string.Join(", ", shape)}].");
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("Weight files are little-endian.");
        return new WeightTensor(shape, MemoryMarshal.Cast<byte, float>(data[(int)start..(int)end]).ToArray());
    }

    /// <summary>Bytes of a float32 tensor, or -1 when the shape is negative or larger than any file.</summary>
    private static long ByteCount(long[] shape)
    {
        Int128 bytes = sizeof(float);
        foreach (var dimension in shape)
        {
            if (dimension < 0)
                return -1;
            bytes *= dimension;
            if (bytes > long.MaxValue)
                return -1;
        }
        return (long)bytes;
    }
}
