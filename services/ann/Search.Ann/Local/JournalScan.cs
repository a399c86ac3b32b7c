using System.Buffers.Binary;
using Search.Vectors.Files;

namespace Search.Ann.Local;

/// <summary>
/// Reads the records of a journal. A frame is length 4 · CRC-32C 4 · payload. What a crash leaves is a last frame that is incomplete: it was never
/// acknowledged, and the journal goes on where it started. An unreadable frame with readable ones behind it is something else, damage to
/// acknowledged writes, and is never passed over in silence.
/// </summary>
internal static class JournalScan
{
    public const int FrameOverhead = 2 * sizeof(uint);

    /// <summary>Calls <paramref name="apply"/> for each record in order.</summary>
    /// <param name="frames">The journal behind its head.</param>
    /// <returns>Where the last intact frame ends.</returns>
    /// <exception cref="InvalidDataException">Damage in the middle.</exception>
    public static int Run(ReadOnlySpan<byte> frames, int dimension, Action<JournalRecord> apply)
    {
        var position = 0;
        while (TryRead(frames[position..], dimension, out var payload))
        {
            apply(JournalRecord.Read(payload, dimension));
            position += FrameOverhead + payload.Length;
        }
        for (var later = position + 1; later < frames.Length; later++)
        {
            if (TryRead(frames[later..], dimension, out _))
                throw new InvalidDataException($"The journal is damaged {position} bytes behind its head, with intact records after that: restore it from a copy.");
        }
        return position;
    }

    private static bool TryRead(ReadOnlySpan<byte> frames, int dimension, out ReadOnlySpan<byte> payload)
    {
        payload = default;
        if (frames.Length < FrameOverhead) return false;
        var length = BinaryPrimitives.ReadUInt32LittleEndian(frames);
        if (length == 0 || length > JournalRecord.MaxLength(dimension) || length > frames.Length - FrameOverhead) return false;
        var candidate = frames.Slice(FrameOverhead, (int)length);
        if (Crc32C.Of(candidate) != BinaryPrimitives.ReadUInt32LittleEndian(frames[sizeof(uint)..])) return false;
        payload = candidate;
        return true;
    }
}
