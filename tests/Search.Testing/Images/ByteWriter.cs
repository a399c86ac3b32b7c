using System.Buffers.Binary;

namespace Search.Testing.Images;

/// <summary>Appends bytes and numbers of either byte order; the writers of file formats chain it.</summary>
internal sealed class ByteWriter
{
    private readonly List<byte> _bytes = [];

    public int Length => _bytes.Count;

    public ByteWriter Bytes(params ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public ByteWriter Big16(int value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)value);
        return Bytes(bytes);
    }

    public ByteWriter Big32(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return Bytes(bytes);
    }

    public ByteWriter Little16(int value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value);
        return Bytes(bytes);
    }

    public ByteWriter Little24(int value) => Bytes((byte)value, (byte)(value >> 8), (byte)(value >> 16));

    public ByteWriter Little32(long value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)value);
        return Bytes(bytes);
    }

    public byte[] ToArray() => _bytes.ToArray();
}
