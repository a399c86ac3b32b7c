using System.Buffers.Binary;
using System.Text;

namespace Search.Ann.Indexes.Storage.Sections;

/// <summary>Takes a file of sections out of a stream, where it cannot be mapped.</summary>
internal static class SectionStream
{
    /// <summary>Reads from where the stream stands, which is behind magic and version, to the end of the file of sections and no further.</summary>
    /// <exception cref="InvalidDataException">The stream ends too early, or its head names a length that cannot be.</exception>
    public static MemoryRegion Read(Stream stream, string magic, int version)
    {
        Span<byte> whole = stackalloc byte[SectionLayout.HeadBytes];
        Encoding.ASCII.GetBytes(magic, whole);
        BinaryPrimitives.WriteInt32LittleEndian(whole[8..], version);
        ReadExactly(stream, whole[12..], magic);
        var (_, _, length) = SectionLayout.ReadHead(whole);
        if (length < SectionLayout.HeadBytes || stream.CanSeek && length - SectionLayout.HeadBytes > stream.Length - stream.Position)
            throw new InvalidDataException($"The {magic} file's section 'head' is damaged: the length it names is out of range.");
        var region = Allocate(length);
        try
        {
            var bytes = new RegionSlice<byte>(region, 0, length);
            whole.CopyTo(bytes.Span(0, whole.Length));
            const int piece = 1 << 20;
            for (long at = whole.Length; at < length; at += piece)
                ReadExactly(stream, bytes.Span(at, (int)Math.Min(piece, length - at)), magic);
            return region;
        }
        catch
        {
            region.Dispose();
            throw;
        }
    }

    private static MemoryRegion Allocate(long length)
    {
        try
        {
            return MemoryRegion.Allocate(length);
        }
        catch (OutOfMemoryException e)
        {
            // The length is as the file says, and a file may say anything.
            throw new InvalidDataException($"The file names a length of {length} bytes, more than there is memory for.", e);
        }
    }

    private static void ReadExactly(Stream stream, Span<byte> bytes, string magic)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw new InvalidDataException($"The {magic} file's section 'head' is damaged: the file ends before the length that it names.");
    }
}
