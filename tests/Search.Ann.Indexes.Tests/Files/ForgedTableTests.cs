using Search.Ann.Indexes.Storage.Sections;
using Search.Testing;
using Search.Vectors.Files;

namespace Search.Ann.Indexes.Tests.Files;

/// <summary>Files of sections with good checksums and a table or numbers that would lead a reader out of the mapped file.</summary>
public sealed class ForgedTableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Kinds => FileKind.NamesOfSectionFiles;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void SectionsThatOverlapOrLieOutside_AreRefused(string name)
    {
        var kind = FileKind.Of(name);
        var file = kind.Sample();
        var table = Table(file);
        for (var i = 0; i < table.Length; i++)
        {
            var section = table[i];
            long[] offsets = [0, 64, -4_096, long.MinValue, long.MaxValue, long.MaxValue & -4_096, section.Offset + 4_096, section.Offset - 4_096, section.Offset + 1, i > 0 ? table[i - 1].Offset : 4, file.Length];
            long[] lengths = [-1, long.MinValue, long.MaxValue, long.MaxValue - section.Offset, file.Length, section.Length + 4_096, file.Length - section.Offset + 1];
            var forged = offsets.Select(offset => section with { Offset = offset }).Concat(lengths.Select(length => section with { Length = length }));
            foreach (var other in forged.Where(other => other != section))
                Refuses(kind, file, [.. table[..i], other, .. table[(i + 1)..]]);
        }
        Refuses(kind, file, [.. table[..^1], table[^1] with { Name = table[0].Name }]);
        Refuses(kind, file, [.. table[..^1], table[^1] with { Name = "other" }]);
        Refuses(kind, file, table[..^1]);
        Refuses(kind, file, []);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ANumberOfSectionsThatCannotBe_IsRefused(string name)
    {
        var kind = FileKind.Of(name);
        foreach (var count in (int[])[-1, int.MinValue, int.MaxValue, 65, 64, 1 << 26])
        {
            var file = kind.Sample();
            BitConverter.TryWriteBytes(file.AsSpan(12), count);
            Assert.Throws<InvalidDataException>(() => kind.Use(file, _folder["file"]));
        }
    }

    /// <summary>Numbers in sections, each section with the checksum that fits: a count of anything, a link, an id.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void ForgedNumbers_AreRefusedOrUsedAsTheyAre(string name)
    {
        var kind = FileKind.Of(name);
        var original = kind.Sample();
        var table = Table(original);
        var random = new Random(5);
        int[] worst = [int.MaxValue, int.MinValue, -1, 0, 1, 1 << 30, 7, 60, 0x7FC0_0000];
        var refused = 0;
        foreach (var section in table.Where(section => section.Length >= 4))
        {
            for (var i = 0; i < 120; i++)
            {
                var file = original.ToArray();
                var at = (int)section.Offset + (i < 8 && 4 * i + 4 <= section.Length ? 4 * i : random.Next((int)section.Length / 4) * 4);
                BitConverter.TryWriteBytes(file.AsSpan(at), worst[random.Next(worst.Length)]);
                var forged = table.Select(s => s with { Checksum = Crc32C.Of(file.AsSpan((int)s.Offset, (int)s.Length)) }).ToArray();
                SectionLayout.Write(System.Text.Encoding.ASCII.GetBytes(kind.Magic!), kind.Version, forged).CopyTo(file, 0);
                try
                {
                    kind.Use(file, _folder["file"]);
                    kind.Use(kind.OpenFile(_folder["file"], FileVerification.Background));
                }
                catch (InvalidDataException)
                {
                    refused++;
                }
            }
        }
        Assert.True(refused > 50);
    }

    private void Refuses(FileKind kind, byte[] file, Section[] table)
    {
        var forged = file.ToArray();
        var head = SectionLayout.Write(System.Text.Encoding.ASCII.GetBytes(kind.Magic!), kind.Version, table);
        // With the true length: where the table ends is not what is tried here.
        BitConverter.TryWriteBytes(head.AsSpan(16), (long)forged.Length);
        head.CopyTo(forged, 0);
        var checksum = Crc32C.Append(Crc32C.Of(forged.AsSpan(0, 24)), forged.AsSpan(28, head.Length - 28));
        BitConverter.TryWriteBytes(forged.AsSpan(24), checksum);
        var error = Assert.Throws<InvalidDataException>(() => kind.Use(forged, _folder["file"]));
        Assert.Contains("section '", error.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => kind.OpenFile(_folder["file"], FileVerification.Background));
    }

    private static Section[] Table(byte[] file) =>
        [.. Enumerable.Range(0, SectionLayout.ReadHead(file).Sections).Select(i => SectionLayout.ReadEntry(file.AsSpan(SectionLayout.TableBytes(i), SectionLayout.EntryBytes)))];
}
