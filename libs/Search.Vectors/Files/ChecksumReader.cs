using System.Runtime.InteropServices;

namespace Search.Vectors.Files;

/// <summary>
/// Reads what <see cref="ChecksumWriter"/> wrote. Every failure is an <see cref="InvalidDataException"/> that names the file's kind and the
/// section. Until a section's end has been checked its values are unproven: close a section before allocating by a number out of it.
/// </summary>
public sealed class ChecksumReader
{
    private readonly Stream _stream;
    private string _magic = "file";
    private string _section = "head";
    private uint _checksum = Crc32C.Empty;

    /// <summary>Reads from where the stream stands, and no further than is asked for. The stream stays the caller's.</summary>
    /// <exception cref="PlatformNotSupportedException">A big-endian machine.</exception>
    public ChecksumReader(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        LittleEndian.Require();
        _stream = stream;
    }

    /// <summary>Refuses every file but one of this kind, of version 1 to <paramref name="newestVersion"/>, and returns the version.</summary>
    /// <exception cref="InvalidDataException">Another kind of file, or a version from the future.</exception>
    public int ReadHead(string magic, int newestVersion)
    {
        _magic = magic;
        Span<byte> found = stackalloc byte[FileHead.Length];
        Read(found);
        if (!found.SequenceEqual(FileHead.Bytes(magic)))
            throw new InvalidDataException($"Not a {magic} file: it starts with other bytes.");
        var version = Read<int>();
        return version >= 1 && version <= newestVersion
            ? version
            : throw new InvalidDataException($"A {magic} file of version {version}; this program reads versions 1 to {newestVersion}.");
    }

    /// <summary>What is read from here on belongs to this section, and errors name it.</summary>
    public void BeginSection(string section) => _section = section;

    /// <summary>Refuses the file where it is too short for what a count in it says, before memory is allocated by that. A stream that cannot tell its length is not asked.</summary>
    /// <param name="bytes">That follow at least. Wide enough for the product of any counts.</param>
    /// <exception cref="InvalidDataException">The file ends earlier.</exception>
    public void RequireRoom(Int128 bytes)
    {
        Require(bytes >= 0 && (!_stream.CanSeek || bytes <= _stream.Length - _stream.Position), _section, "its counts go beyond the end of the file");
    }

    /// <summary>The next value, as it lies in memory on a little-endian machine.</summary>
    /// <exception cref="InvalidDataException">The file ends before it.</exception>
    public T Read<T>()
        where T : unmanaged
    {
        T value = default;
        Read(new Span<T>(ref value));
        return value;
    }

    /// <summary>Fills <paramref name="values"/> with what comes next.</summary>
    /// <exception cref="InvalidDataException">The file ends before that.</exception>
    public void Read<T>(Span<T> values)
        where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(values);
        if (_stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw new InvalidDataException($"The {_magic} file's section '{_section}' is damaged: the file ends too early.");
        _checksum = Crc32C.Append(_checksum, bytes);
    }

    /// <summary>Checks the section that ends here.</summary>
    /// <exception cref="InvalidDataException">The section was damaged.</exception>
    public void EndSection(string section)
    {
        _section = section;
        var expected = _checksum;
        var found = Read<uint>();
        _checksum = Crc32C.Empty;
        Require(found == expected, section, "its checksum does not match");
    }

    /// <summary>Refuses the file unless <paramref name="condition"/> holds.</summary>
    /// <exception cref="InvalidDataException">It does not.</exception>
    public void Require(bool condition, string section, string otherwise)
    {
        if (!condition) throw new InvalidDataException($"The {_magic} file's section '{section}' is damaged: {otherwise}.");
    }
}
