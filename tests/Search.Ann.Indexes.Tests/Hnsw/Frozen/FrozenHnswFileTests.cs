using System.Buffers.Binary;
using Search.Ann.Indexes.Hnsw;
using Search.Ann.Indexes.Hnsw.Frozen;
using Search.Ann.Indexes.Storage.Sections;
using Search.Ann.Indexes.Tests.Statistics;
using Search.Testing;
using Search.Testing.Vectors;
using Search.Vectors;
using Search.Vectors.Files;

namespace Search.Ann.Indexes.Tests.Hnsw.Frozen;

public sealed class FrozenHnswFileTests : IDisposable
{
    private const int Dimension = 12;
    private static readonly string[] _sections = ["shape", "quantiser", "rows", "links above", "vectors", "ids", "id starts", "id order"];
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<FileVerification, bool> Ways => new()
    {
        { FileVerification.AtOpen, true },
        { FileVerification.AtOpen, false },
        { FileVerification.Background, true },
        { FileVerification.Background, false },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Ways))]
    public void Open_OfASavedIndex_AnswersAsItDid_AndAllocatesNothing(FileVerification verification, bool rowsInMemory)
    {
        using var frozen = Frozen(Vectors(900));
        var path = Saved(frozen);
        using var opened = HnswFreezer.Open(path, new FrozenHnswOptions { RowsInMemory = rowsInMemory }, verification);
        Assert.Equal((frozen.Metric, frozen.Dimension, frozen.Count), (opened.Metric, opened.Dimension, opened.Count));
        var queries = new RandomVectors(8).Clustered(40, Dimension, clusters: 20);
        var results = new ScoredId[10];
        for (var round = 0; round < 2; round++)
        {
            foreach (var query in queries)
                Assert.Equal(Search(frozen, query), Search(opened, query));
        }
        var (expected, actual) = (new float[Dimension], new float[Dimension]);
        for (var id = -1; id < 901; id++)
        {
            Assert.Equal(frozen.TryGetVector(id, expected), opened.TryGetVector(id, actual));
            Assert.Equal(expected, actual);
        }
        Assert.Equal(0, Allocations.Of(() =>
        {
            foreach (var query in queries)
                opened.Search(query, 10, default, results, out _);
        }));

        // Saved again, the bytes are the same.
        Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(Saved(opened)));
    }

    [Fact]
    public void Open_WithAFlippedBitAnywhere_NamesTheSection()
    {
        using var frozen = Frozen(Vectors(60));
        var path = Saved(frozen);
        var bytes = File.ReadAllBytes(path);
        var table = Table(bytes);
        Assert.Equal(_sections, table.Select(section => section.Name));
        for (var at = 0; at < bytes.Length; at++)
        {
            // Every byte of head, table and the first and last of each section; of the rest a spread.
            if (at > 1_000 && at % 29 != 0 && !table.Any(section => at == section.Offset || at == section.Offset + section.Length - 1)) continue;
            var damaged = bytes.ToArray();
            damaged[at] ^= (byte)(1 << at % 8);
            File.WriteAllBytes(path, damaged);
            var error = Assert.Throws<InvalidDataException>(() => HnswFreezer.Open(path));
            // Before the first section there are magic, version, head and table; a gap belongs to the section behind it.
            var section = table.First(section => at < section.Offset + section.Length);
            if (at >= SectionLayout.TableBytes(table.Length)) Assert.Contains($"'{section.Name}'", error.Message, StringComparison.Ordinal);
            Assert.Throws<InvalidDataException>(() => HnswFreezer.Load(new MemoryStream(damaged)));
        }
    }

    [Fact]
    public void Open_OfAFileCutOffOrWithMoreBehindIt_IsRefused()
    {
        using var frozen = Frozen(Vectors(60));
        var path = Saved(frozen);
        var bytes = File.ReadAllBytes(path);
        foreach (var length in (int[])[0, 1, 11, 63, 64, 500, 4_096, bytes.Length - 1])
        {
            File.WriteAllBytes(path, bytes[..length]);
            Assert.Throws<InvalidDataException>(() => HnswFreezer.Open(path));
            Assert.Throws<InvalidDataException>(() => HnswFreezer.Load(new MemoryStream(bytes[..length])));
        }
        File.WriteAllBytes(path, [.. bytes, 0]);
        Assert.Throws<InvalidDataException>(() => HnswFreezer.Open(path));
    }

    [Theory]
    [InlineData("rows")]
    [InlineData("vectors")]
    public void OpenWithBackgroundVerification_OfADamagedFile_ComesToRefuseSearchesByTheSectionsName(string section)
    {
        using var frozen = Frozen(Vectors(60));
        var path = Saved(frozen);
        var bytes = File.ReadAllBytes(path);
        bytes[Table(bytes).Single(s => s.Name == section).Offset] ^= 1;
        File.WriteAllBytes(path, bytes);
        using var opened = HnswFreezer.Open(path, verification: FileVerification.Background);
        var query = new RandomVectors(1).Unit(Dimension);
        InvalidDataException? error = null;
        while (error is null)
        {
            error = Record.Exception(() => Search(opened, query)) as InvalidDataException;
        }
        Assert.Contains($"'{section}'", error.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => opened.Save(Stream.Null));
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    [InlineData(60)]
    public void Open_OfAFileMadeToLeadSearchesAstray_IsRefused_AndASearchBeforeThatStaysInside(int link)
    {
        using var frozen = Frozen(Vectors(60));
        var path = Saved(frozen);
        var bytes = File.ReadAllBytes(path);
        var rows = Table(bytes).Single(s => s.Name == "rows");
        // Code 12, constant 4, count 4, then the first link; of every node.
        for (var at = (int)rows.Offset; at < rows.Offset + rows.Length; at += FrozenGraph.RowBytesOf(Dimension, 16))
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at + Dimension + 8), link);
        Forge(bytes, "rows");
        File.WriteAllBytes(path, bytes);
        var error = Assert.Throws<InvalidDataException>(() => HnswFreezer.Open(path));
        Assert.Contains("'rows'", error.Message, StringComparison.Ordinal);
        using var opened = HnswFreezer.Open(path, verification: FileVerification.Background);
        Assert.Throws<InvalidDataException>(() => Search(opened, new RandomVectors(1).Unit(Dimension)));
    }

    [Theory]
    [InlineData("ids")]
    [InlineData("id order")]
    [InlineData("id starts")]
    [InlineData("links above")]
    public void Open_OfAFileWithImpossibleNumbersAndGoodChecksums_IsRefused(string section)
    {
        var vectors = Vectors(200);
        for (var i = 0; i < 200; i += 3)
            vectors[i] = vectors[0]; // several ids a slot
        using var frozen = Frozen(vectors);
        var path = Saved(frozen);
        var original = File.ReadAllBytes(path);
        var there = Table(original).Single(s => s.Name == section);
        Assert.InRange(there.Length, 8, int.MaxValue);
        foreach (var value in (long[])[-1, 0x7FFF_FFFF_7FFF_FFFF, 1L << 62 | 0x7FFF_FFF0])
        {
            var bytes = original.ToArray();
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan((int)(there.Offset + (section == "links above" ? 0 : there.Length / 2 / 8 * 8))), value);
            Forge(bytes, section);
            File.WriteAllBytes(path, bytes);
            // An id may be any number: what is wrong with it is the order then.
            Assert.Throws<InvalidDataException>(() => HnswFreezer.Open(path));
        }
    }

    [Fact]
    public void Open_OfAFileOfVersion1_AnswersAsItDidThen()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Hnsw", "Frozen", "Files", "frozen-hnsw-1.bin");
        // As the file was made: 120 vectors of which every tenth is one of three, id 7 i, M 4.
        var vectors = new RandomVectors(5).Clustered(120, Dimension, clusters: 10);
        for (var i = 0; i < 120; i += 10)
            vectors[i] = vectors[i % 30];
        using var opened = HnswFreezer.Open(path);
        using var read = HnswFreezer.Load(File.OpenRead(path));
        Assert.Equal((VectorMetric.Cosine, Dimension, 120), (opened.Metric, opened.Dimension, opened.Count));
        for (var i = 0; i < 120; i++)
        {
            var nearest = Search(opened, vectors[i]);
            Assert.Contains(7L * i, nearest.Select(r => r.Id));
            Assert.Equal(nearest, Search(read, vectors[i]));
        }
        // And goes on as a file of today.
        using var again = HnswFreezer.Open(Saved(opened));
        Assert.Equal(Search(opened, vectors[3]), Search(again, vectors[3]));
    }

    [Fact]
    public void Open_OfAnEmptyIndex_FindsNothing()
    {
        using var empty = Frozen([]);
        using var opened = HnswFreezer.Open(Saved(empty));
        Assert.Empty(Search(opened, new RandomVectors(1).Unit(Dimension)));
        Assert.False(opened.Contains(0));
    }

    [Fact]
    public void Search_AfterDispose_IsRefused_AndTheFileMayGoBefore()
    {
        using var frozen = Frozen(Vectors(60));
        var path = Saved(frozen);
        var opened = HnswFreezer.Open(path, verification: FileVerification.Background);
        File.Delete(path);
        Assert.Equal(10, Search(opened, new RandomVectors(1).Unit(Dimension)).Length);
        opened.Dispose();
        opened.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Search(opened, new RandomVectors(1).Unit(Dimension)));
    }

    private static float[][] Vectors(int count) => new RandomVectors(3).Clustered(count, Dimension, clusters: 20);

    private static IVectorIndex Frozen(float[][] vectors)
    {
        using var live = new HnswIndexFactory().Create(new IndexShape(VectorMetric.Cosine, Dimension));
        live.UpsertAll(Enumerable.Range(0, vectors.Length).Select(i => (long)i).ToArray(), vectors.SelectMany(v => v).ToArray());
        return HnswFreezer.Freeze(live);
    }

    private static ScoredId[] Search(IVectorIndex index, float[] query)
    {
        var results = new ScoredId[10];
        return results[..index.Search(query, 10, new SearchOptions { Effort = 20 }, results, out _)];
    }

    private string Saved(IVectorIndex index)
    {
        var path = _folder[Guid.NewGuid().ToString("N")];
        using var stream = File.Create(path);
        index.Save(stream);
        return path;
    }

    private static Section[] Table(byte[] file) =>
        [.. Enumerable.Range(0, SectionLayout.ReadHead(file).Sections).Select(i => SectionLayout.ReadEntry(file.AsSpan(SectionLayout.TableBytes(i), SectionLayout.EntryBytes)))];

    /// <summary>Gives a changed section, and with it the table, the checksums that fit.</summary>
    private static void Forge(byte[] file, string changed)
    {
        var table = Table(file).Select(section => section.Name == changed
            ? section with { Checksum = Crc32C.Of(file.AsSpan((int)section.Offset, (int)section.Length)) }
            : section).ToArray();
        SectionLayout.Write("SEARCHFZ"u8, 2, table).CopyTo(file, 0);
    }
}
