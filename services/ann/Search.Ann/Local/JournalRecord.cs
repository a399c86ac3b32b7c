using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Search.Contracts;
using Search.Vectors;

namespace Search.Ann.Local;

/// <summary>One change as the journal keeps it. Only changes that took effect are written, so replaying is applying without asking.</summary>
/// <param name="Vector">Empty for a removal.</param>
internal readonly record struct JournalRecord(JournalOperation Operation, string Key, long Revision, ReadOnlyMemory<float> Vector)
{
    // Operation 1 · revision 8 · key length 2 · key · vector.
    private const int FixedLength = 1 + sizeof(long) + sizeof(ushort);

    public void WriteTo(IBufferWriter<byte> buffer)
    {
        var keyLength = Encoding.UTF8.GetByteCount(Key);
        var length = FixedLength + keyLength + Vector.Length * sizeof(float);
        var span = buffer.GetSpan(length)[..length];
        span[0] = (byte)Operation;
        BinaryPrimitives.WriteInt64LittleEndian(span[1..], Revision);
        BinaryPrimitives.WriteUInt16LittleEndian(span[9..], checked((ushort)keyLength));
        Encoding.UTF8.GetBytes(Key, span[FixedLength..]);
        MemoryMarshal.AsBytes(Vector.Span).CopyTo(span[(FixedLength + keyLength)..]);
        buffer.Advance(length);
    }

    /// <exception cref="InvalidDataException">No record of a journal for vectors of this dimension.</exception>
    public static JournalRecord Read(ReadOnlySpan<byte> payload, int dimension)
    {
        var operation = (JournalOperation)(payload.Length >= FixedLength ? payload[0] : 0);
        var vectorLength = operation == JournalOperation.Upsert ? dimension * sizeof(float) : 0;
        var keyLength = payload.Length >= FixedLength ? BinaryPrimitives.ReadUInt16LittleEndian(payload[9..]) : 0;
        if (!Enum.IsDefined(operation) || payload.Length != FixedLength + keyLength + vectorLength)
            throw new InvalidDataException("A journal record has an intact checksum and a form that this program does not know.");
        var key = Encoding.UTF8.GetString(payload.Slice(FixedLength, keyLength));
        var vector = MemoryMarshal.Cast<byte, float>(payload[(FixedLength + keyLength)..]).ToArray();
        // As it is checked before it is written: the checksum of a file made on purpose is good too.
        if (!ImageKey.IsValid(key) || operation == JournalOperation.Upsert && !VectorKernels.IsUnitLength(vector))
            throw new InvalidDataException("A journal record has an intact checksum and contents that were never written.");
        return new JournalRecord(operation, key, BinaryPrimitives.ReadInt64LittleEndian(payload[1..]), vector);
    }

    /// <summary>The longest payload that can occur: anything longer is damage.</summary>
    public static int MaxLength(int dimension) => FixedLength + ushort.MaxValue + dimension * sizeof(float);
}

internal enum JournalOperation : byte
{
    Upsert = 1,
    Remove = 2,
}
