using System.Text;
using Search.Vectors.Files;

namespace Search.Vectors.Tests.Files;

public sealed class ChecksumFileTests
{
    [Fact]
    public void Crc32C_OfTheStandardCheckString_IsTheStandardValue()
    {
        var bytes = Encoding.ASCII.GetBytes("123456789");
        Assert.Equal(0xE3069283u, Crc32C.Of(bytes));
        Assert.Equal(0xE3069283u, Crc32C.Append(Crc32C.Of(bytes.AsSpan(0, 4)), bytes.AsSpan(4)));
        Assert.Equal(Crc32C.Empty, Crc32C.Of([]));
    }

    [Fact]
    public void Reader_ReadsWhatTheWriterWrote()
    {
        var reader = new ChecksumReader(File());
        Assert.Equal(2, reader.ReadHead("TESTFILE", 3));
        reader.EndSection("head");
        Assert.Equal(7L, reader.Read<long>());
        var floats = new float[3];
        reader.Read<float>(floats);
        Assert.Equal([1f, 2f, 3f], floats);
        reader.EndSection("numbers");
    }

    [Fact]
    public void Reader_OfAnotherKindOrAFutureVersion_SaysSo()
    {
        Assert.Contains("OTHERONE", Assert.Throws<InvalidDataException>(() => new ChecksumReader(File()).ReadHead("OTHERONE", 9)).Message, StringComparison.Ordinal);
        Assert.Contains("version 2", Assert.Throws<InvalidDataException>(() => new ChecksumReader(File()).ReadHead("TESTFILE", 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reader_OfADamagedSection_NamesIt()
    {
        var bytes = File().ToArray();
        bytes[^6] ^= 4;
        var reader = new ChecksumReader(new MemoryStream(bytes));
        reader.ReadHead("TESTFILE", 2);
        reader.EndSection("head");
        reader.Read<long>();
        reader.Read<float>(new float[3]);
        Assert.Contains("'numbers'", Assert.Throws<InvalidDataException>(() => reader.EndSection("numbers")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reader_OfAFileShorterThanItsCountsSay_NamesTheSectionBeforeAnythingIsAllocated()
    {
        var reader = new ChecksumReader(File());
        reader.ReadHead("TESTFILE", 2);
        reader.EndSection("head");
        reader.BeginSection("numbers");
        // Eight and three times four bytes, and the checksum.
        reader.RequireRoom(24);
        foreach (var bytes in (Int128[])[25, (Int128)long.MaxValue * int.MaxValue, -1])
            Assert.Contains("'numbers'", Assert.Throws<InvalidDataException>(() => reader.RequireRoom(bytes)).Message, StringComparison.Ordinal);
        Assert.Contains("'numbers'", Assert.Throws<InvalidDataException>(() => reader.Read<byte>(new byte[25])).Message, StringComparison.Ordinal);
    }

    private static MemoryStream File()
    {
        var stream = new MemoryStream();
        var writer = new ChecksumWriter(stream);
        writer.WriteHead("TESTFILE", 2);
        writer.EndSection();
        writer.Write(7L);
        writer.Write<float>([1, 2, 3]);
        writer.EndSection();
        stream.Position = 0;
        return stream;
    }
}
