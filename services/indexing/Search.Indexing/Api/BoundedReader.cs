namespace Search.Indexing.Api;

internal static class BoundedReader
{
    private const int FirstBuffer = 64 * 1024;

    /// <summary>Reads a stream to its end, but never more than the limit.</summary>
    /// <returns>Null when the stream is longer.</returns>
    internal static async Task<ReadOnlyMemory<byte>?> ReadAsync(Stream stream, int maxBytes, CancellationToken cancellation)
    {
        var buffer = new byte[Math.Min(FirstBuffer, maxBytes + 1)];
        var length = 0;
        while (true)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellation);
            if (read == 0)
                return buffer.AsMemory(0, length);
            length += read;
            if (length > maxBytes)
                return null;
            if (length == buffer.Length)
                Array.Resize(ref buffer, (int)Math.Min((long)buffer.Length * 2, maxBytes + 1L));
        }
    }
}
