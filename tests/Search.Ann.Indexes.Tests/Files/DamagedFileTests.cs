using System.Buffers.Binary;
using System.Collections.Concurrent;
using CsCheck;
using Search.Testing;
using Search.Testing.Files;

namespace Search.Ann.Indexes.Tests.Files;

/// <summary>Whatever happened to a file: it is refused by an error that says where, or it is used as it is. Nothing else comes of it.</summary>
public sealed class DamagedFileTests : IDisposable
{
    // Thousands of reads each.
    private static readonly ConcurrentDictionary<string, FileAnatomy> _anatomies = new();
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Kinds => FileKind.Names;

    public static TheoryData<string> Streams => FileKind.NamesOfStreams;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void AFlippedBitAnywhere_IsRefused_ByTheNameOfTheSectionThatHasIt(string name)
    {
        var (kind, file, anatomy) = Examined(name);
        Assert.Equal(kind.Sections, anatomy.Sections.Select(section => section.Name));

        // Every bit of the head and of what says how much there is of anything.
        var shape = anatomy.Sections.First(section => section.Name == "shape");
        for (var bit = 0; bit < 8 * Math.Min(shape.End, shape.Start + 100); bit++)
        {
            if (bit / 8 is > 600 and var gap && gap < shape.Start) continue;
            Assert.Equal(anatomy.SectionAt(bit / 8).Name, RefusedAt(kind, file, bit));
        }
        Gen.Int[0, 8 * file.Length - 1].Sample(bit => RefusedAt(kind, file, bit) == anatomy.SectionAt(bit / 8).Name, iter: 500, threads: 1, seed: "0000000000008");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void AFileCutOffAnywhere_IsRefused_AndSoIsOneWithMoreBehindIt(string name)
    {
        var (kind, file, anatomy) = Examined(name);
        Gen.Int[0, file.Length - 1].Sample(Refuses, iter: 200, threads: 1, seed: "0000000000008");
        foreach (var section in anatomy.Sections)
        {
            foreach (var length in (int[])[section.Start, section.Start + 1, section.End - 1])
                Refuses(length);
        }
        foreach (var more in (int[])[1, 4_096])
        {
            File.WriteAllBytes(_folder["more"], [.. file, .. new byte[more]]);
            Assert.Throws<InvalidDataException>(() => kind.OpenFile(_folder["more"], FileVerification.AtOpen));
        }

        void Refuses(int length)
        {
            var error = Assert.Throws<InvalidDataException>(() => kind.Use(file[..length], _folder["cut"]));
            // From its first byte on.
            if (length > 12) Assert.Contains("section '", error.Message, StringComparison.Ordinal);
            File.WriteAllBytes(_folder["cut"], file[..length]);
            Assert.Throws<InvalidDataException>(() => kind.OpenFile(_folder["cut"], FileVerification.Background));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void AFileOfAVersionToCome_IsRefused_AndSaysWhichAreRead(string name)
    {
        var kind = FileKind.Of(name);
        var file = kind.Sample();
        Assert.Equal(kind.Version, BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(8)));
        foreach (var version in (int[])[kind.Newest + 1, int.MaxValue, 0, -1])
        {
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(8), version);
            var error = Assert.Throws<InvalidDataException>(() => kind.Use(file, _folder["version"]));
            Assert.Contains($"of version {version}; this program reads versions 1 to {kind.Newest}", error.Message, StringComparison.Ordinal);
        }
        "NOTAFILE"u8.CopyTo(file);
        Assert.Contains("starts with other bytes", Assert.Throws<InvalidDataException>(() => kind.Use(file, _folder["magic"])).Message, StringComparison.Ordinal);
    }

    /// <summary>Good checksums over numbers that no program wrote.</summary>
    [Theory]
    [MemberData(nameof(Streams))]
    public void AForgedFile_IsRefusedOrUsedAsItIs_AndTakesNoMoreMemoryThanItsLengthDeserves(string name)
    {
        var (kind, file, anatomy) = Examined(name);
        int[] worst = [int.MaxValue, int.MinValue, -1, 0, 1, 1 << 30, 1 << 24, int.MaxValue - 1, 0x7FC0_0000];
        var hostile = Gen.OneOf(Gen.Int[0, worst.Length - 1].Select(i => worst[i]), Gen.Int[-3, 60], Gen.Int);
        var refused = 0;
        // As many in each section: headers are small.
        Gen.Select(Gen.Int[1, anatomy.Sections.Count - 1], Gen.Double[0, 1], hostile).Sample(
            (number, place, value) =>
            {
                var section = anatomy.Sections[number];
                var at = section.Start + (int)(place * (section.End - section.Start - 4)) / 4 * 4;
                var forged = anatomy.Forged(Math.Min(at, section.End - 1), BitConverter.GetBytes(value));
                var before = GC.GetAllocatedBytesForCurrentThread();
                try
                {
                    kind.Use(forged, _folder["forged"]);
                }
                catch (InvalidDataException e)
                {
                    refused++;
                    Assert.Contains("section '", e.Message, StringComparison.Ordinal);
                }
                return GC.GetAllocatedBytesForCurrentThread() - before < 200_000_000;
            },
            iter: 800, threads: 1, seed: "0000000000008");
        Assert.True(refused > 80, $"Only {refused} were refused: the checksums are not what the reader checks.");
    }

    private (FileKind Kind, byte[] File, FileAnatomy Anatomy) Examined(string name)
    {
        var kind = FileKind.Of(name);
        var file = kind.Sample();
        kind.Use(file, _folder["whole"]);
        return (kind, file, _anatomies.GetOrAdd(name, _ => FileAnatomy.Of([.. file], damaged => kind.Use(damaged, _folder["damaged"]), kind.Step)));
    }

    private string RefusedAt(FileKind kind, byte[] file, int bit)
    {
        file[bit / 8] ^= (byte)(1 << bit % 8);
        try
        {
            return FileAnatomy.NameIn(Assert.Throws<InvalidDataException>(() => kind.Use(file, _folder["flipped"])));
        }
        finally
        {
            file[bit / 8] ^= (byte)(1 << bit % 8);
        }
    }
}
