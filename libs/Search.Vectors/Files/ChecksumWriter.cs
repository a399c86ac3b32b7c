using System.Runtime.InteropServices;

namespace Search.Vectors.Files;

/// <summary>Writes little-endian values to a stream and closes each section with its checksum. Owns nothing; not thread-safe.</summary>
public sealed class ChecksumWriter
{
    private readonly Stream _stream;
    private uint _checksum = Crc32C.Empty;

    /// <summary>Writes from where the stream stands. The stream stays the caller's, who flushes it.</summary>
    /// <exception cref="PlatformNotSupportedException">A big-endian machine.</exception>
    public ChecksumWriter(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        LittleEndian.Require();
        _stream = stream;
    }

    /// <summary>Eight ASCII characters that say what the file is, and its format's version: the first thing in a file.</summary>
    public void WriteHead(string magic, int version)
    {
        Write(FileHead.Bytes(magic));
        Write(version);
    }

    /// <summary>One value, as it lies in memory.</summary>
    public void Write<T>(T value)
        where T : unmanaged => Write(new ReadOnlySpan<T>(in value));

    /// <summary>Values one after the other, as they lie in memory; not how many.</summary>
    public void Write<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(values);
        _checksum = Crc32C.Append(_checksum, bytes);
        _stream.Write(bytes);
    }

    /// <summary>Closes a section: its checksum follows it, and the next section starts with a new one.</summary>
    public void EndSection()
    {
        var checksum = _checksum;
        _checksum = Crc32C.Empty;
        _stream.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in checksum)));
    }
}
