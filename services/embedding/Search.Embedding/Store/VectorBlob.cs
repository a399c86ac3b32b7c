using System.Buffers.Binary;

namespace Search.Embedding;

/// <summary>A vector as the database keeps it: float32, little-endian on every machine.</summary>
internal static class VectorBlob
{
    internal static byte[] Write(ReadOnlySpan<float> vector)
    {
        var bytes = new byte[vector.Length * sizeof(float)];
        for (var i = 0; i < vector.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), vector[i]);
        return bytes;
    }

    /// <exception cref="InvalidDataException">Not a vector of this dimension.</exception>
    internal static float[] Read(ReadOnlySpan<byte> bytes, int dimension)
    {
        if (bytes.Length != dimension * sizeof(float))
            throw new InvalidDataException($"A stored vector has {bytes.Length} bytes; {dimension} components take {dimension * sizeof(float)}. The embedding database is damaged: delete it and import again.");
        var vector = new float[dimension];
        for (var i = 0; i < dimension; i++)
            vector[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * sizeof(float))..]);
        return vector;
    }
}
