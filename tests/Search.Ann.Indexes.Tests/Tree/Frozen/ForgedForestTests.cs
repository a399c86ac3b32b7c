using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using Search.Ann.Indexes.Storage.Sections;
using Search.Ann.Indexes.Tree;
using Search.Ann.Indexes.Tree.Frozen;
using Search.Testing;
using Search.Testing.Vectors;
using Search.Vectors;
using Search.Vectors.Files;

namespace Search.Ann.Indexes.Tests.Tree.Frozen;

/// <summary>Files with good checksums over trees that are none.</summary>
public sealed class ForgedForestTests : IDisposable
{
    private const int Dimension = 4;
    private const int Count = 1_200;
    private readonly TemporaryFolder _folder = new();
    private readonly byte[] _file;
    private readonly Section[] _table;

    public ForgedForestTests()
    {
        using var live = new ForestIndexFactory(new ForestOptions { Trees = 2, LeafSize = 32 }).Create(new IndexShape(VectorMetric.SquaredL2, Dimension));
        live.UpsertAll(Enumerable.Range(0, Count).Select(i => (long)i).ToArray(), new RandomVectors(1).Clustered(Count, Dimension, clusters: 12).SelectMany(vector => vector).ToArray());
        using var frozen = ForestFreezer.Freeze(live);
        using var stream = new MemoryStream();
        frozen.Save(stream);
        _file = stream.ToArray();
        _table = [.. Enumerable.Range(0, SectionLayout.ReadHead(_file).Sections).Select(i => SectionLayout.ReadEntry(_file.AsSpan(SectionLayout.TableBytes(i), SectionLayout.EntryBytes)))];
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>What the walk follows is checked before the file is open, however the rest is.</summary>
    [Theory]
    [InlineData("a split that leads to itself", "splits", 0, 0)]
    [InlineData("a split that leads back to the root", "splits", 5, 0)]
    [InlineData("both sides of a split lead to one node", "splits", 0, -2)]
    [InlineData("a split beyond the last", "splits", 3, int.MaxValue)]
    [InlineData("a leaf beyond the last", "splits", 3, int.MinValue)]
    [InlineData("another tree's split", "splits", 3, 1_000)]
    [InlineData("a leaf that starts beyond the slots", "leaf starts", 4, Count + 1)]
    [InlineData("a leaf that starts nowhere", "leaf starts", 4, -1)]
    [InlineData("a first leaf that starts late", "leaf starts", 0, 1)]
    [InlineData("leaves that end early", "leaf starts", -1, Count - 1)]
    public void ATreeThatIsNone_IsRefused_AlsoWhereTheRestIsCheckedLater(string what, string section, int at, int value)
    {
        var length = section == "splits" ? Unsafe.SizeOf<Split>() : sizeof(int);
        var offset = at < 0 ? EndOfFirstTree() : at * length;
        // −2: what the other side says.
        if (value == -2) value = Number(section, offset + sizeof(int));
        foreach (var verification in Enum.GetValues<FileVerification>())
        {
            var error = Assert.Throws<InvalidDataException>(() => Open(Forged((section, offset, value)), verification));
            Assert.True(error.Message.Contains($"'{section}'", StringComparison.Ordinal), what);
        }
    }

    [Theory]
    [InlineData(Count)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void ALeafWithASlotThatIsNone_IsRefused_AndASearchBeforeThatStaysInside(int slot)
    {
        var path = Forged([.. Enumerable.Range(0, 2 * Count).Select(i => ("leaves", i * sizeof(int), slot))]);
        Assert.Contains("'leaves'", Assert.Throws<InvalidDataException>(() => Open(path, FileVerification.AtOpen)).Message, StringComparison.Ordinal);
        using var opened = Open(path, FileVerification.Background);
        Assert.Contains("'leaves'", Assert.Throws<InvalidDataException>(() => Search(opened)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ALeafWithAnotherLeafsSlot_IsRefused()
    {
        var path = Forged(("leaves", 0, Number("leaves", 200)));
        Assert.Contains("'leaves'", Assert.Throws<InvalidDataException>(() => Open(path, FileVerification.AtOpen)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 9)]
    [InlineData(1, Dimension + 1)]
    [InlineData(1, Dimension - 1)]
    [InlineData(1, 0)]
    [InlineData(1, int.MaxValue)]
    [InlineData(2, Count - 1)]
    [InlineData(2, int.MaxValue)]
    [InlineData(2, -1)]
    [InlineData(3, 1)]
    [InlineData(3, 129)]
    [InlineData(4, 8)]
    [InlineData(4, int.MaxValue)]
    [InlineData(7, 1)]
    [InlineData(7, 0)]
    [InlineData(7, int.MinValue)]
    [InlineData(8, 1)]
    [InlineData(9, int.MaxValue)]
    [InlineData(9, 0)]
    [InlineData(9, -1)]
    public void AShapeThatIsNotThatOfTheRest_IsRefused(int number, int value)
    {
        foreach (var verification in Enum.GetValues<FileVerification>())
            Assert.Throws<InvalidDataException>(() => Open(Forged(("shape", number * sizeof(int), value)), verification));
    }

    [Fact]
    public void OpenedInBackground_AFlippedBitOfNormalsOrVectors_ComesToRefuseSearches()
    {
        foreach (var section in (string[])["normals", "leaves", "vectors"])
        {
            var bytes = _file.ToArray();
            // The lowest bit of a number: no slot becomes one that is none by it.
            bytes[_table.Single(other => other.Name == section).Offset + 16] ^= 1;
            File.WriteAllBytes(_folder[section], bytes);
            using var opened = Open(_folder[section], FileVerification.Background);
            InvalidDataException? error = null;
            while (error is null)
                error = Record.Exception(() => Search(opened)) as InvalidDataException;
            Assert.Contains($"'{section}'", error.Message, StringComparison.Ordinal);
            Assert.Throws<InvalidDataException>(() => opened.Save(Stream.Null));
        }
    }

    private static IVectorIndex Open(string path, FileVerification verification) => ForestFreezer.Open(path, verification: verification);

    private static ScoredId[] Search(IVectorIndex index)
    {
        var results = new ScoredId[10];
        return results[..index.Search(new float[Dimension], 10, new SearchOptions { Effort = 40 }, results, out _)];
    }

    private int EndOfFirstTree() => (Number("shape", 9 * sizeof(int)) + 1) * sizeof(int);

    private int Number(string section, int at) => BinaryPrimitives.ReadInt32LittleEndian(_file.AsSpan((int)_table.Single(other => other.Name == section).Offset + at));

    private string Forged(params (string Section, int At, int Value)[] changes)
    {
        var bytes = _file.ToArray();
        foreach (var (section, at, value) in changes)
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan((int)_table.Single(other => other.Name == section).Offset + at), value);
        var table = _table.Select(section => section with { Checksum = Crc32C.Of(bytes.AsSpan((int)section.Offset, (int)section.Length)) }).ToArray();
        SectionLayout.Write(Encoding.ASCII.GetBytes("SEARCHRF"), 1, table).CopyTo(bytes, 0);
        var path = _folder[Guid.NewGuid().ToString("N")];
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
