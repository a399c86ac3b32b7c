using System.Buffers.Binary;
using Search.Ann.Indexes.Exact;
using Search.Ann.Indexes.Filters;
using Search.Ann.Indexes.Hnsw;
using Search.Ann.Indexes.Hnsw.Frozen;
using Search.Ann.Indexes.Rescoring;
using Search.Ann.Indexes.Rescoring.Codes;
using Search.Ann.Indexes.Tests.Statistics;
using Search.Testing;
using Search.Testing.Vectors;
using Search.Vectors;

namespace Search.Ann.Indexes.Tests.Hnsw.Frozen;

/// <summary>Frozen graphs that other codes than 8-bit ones lead through.</summary>
public sealed class FrozenCodesTests
{
    private const int Dimension = 70; // no multiple of a code's or a row's unit
    private const int Count = 4_000;
    private const int Clusters = 250;

    private static readonly CodeOptions[] _codes = [new ScalarCodeOptions(), new ProductCodeOptions { SubSpaces = 18 }, new BinaryCodeOptions()];

    public static TheoryData<int, VectorMetric> Kinds =>
        new(from code in Enumerable.Range(0, _codes.Length) from metric in Enum.GetValues<VectorMetric>() select (code, metric));

    public static TheoryData<int> Codes => [.. Enumerable.Range(0, _codes.Length)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Search_ThroughCodes_FindsWhatAScanOfThemFindsWithAsManyRescored_AndScoresByTheVectors(int code, VectorMetric metric)
    {
        var vectors = new RandomVectors(1).Clustered(Count, Dimension, Clusters);
        using var live = Filled(new HnswIndexFactory(), metric, vectors);
        using var exact = Filled(new ExactIndexFactory(), metric, vectors);
        using var frozen = Freeze(live, code);
        using var scan = RescoredIndex.Create(CodeIndex.Build(exact, _codes[code]), VectorSource.CopyOf(exact));
        double scanHits = 0, hits = 0, distances = 0;
        foreach (var query in new RandomVectors(2).Clustered(100, Dimension, Clusters))
        {
            var truth = Search(exact, query, 0).ToDictionary(result => result.Id, result => result.Score);
            scanHits += Search(scan, query, 160).Count(result => truth.ContainsKey(result.Id));
            foreach (var result in Search(frozen, query, 160))
            {
                if (!truth.TryGetValue(result.Id, out var score)) continue;
                hits++;
                Assert.Equal(score, result.Score);
            }
            frozen.Search(query, 10, new SearchOptions { Effort = 160 }, new ScoredId[10], out var statistics);
            Assert.Equal(160, statistics.Rescored);
            distances += statistics.DistancesComputed;
        }
        Assert.True(hits >= scanHits - 20, $"{hits} of 1,000, the scan {scanHits}");
        Assert.True(distances / 100 < 0.6 * Count, $"{distances / 100} distances a query");
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Search_WithAFilter_FindsWhatPasses_AndWithAllTheEffortIsExact(int code)
    {
        var vectors = new RandomVectors(3).Clustered(Count, Dimension, Clusters);
        using var live = Filled(new HnswIndexFactory(), VectorMetric.Cosine, vectors);
        using var exact = Filled(new ExactIndexFactory(), VectorMetric.Cosine, vectors);
        using var frozen = Freeze(live, code);
        var filter = IdFilter.Where(id => id % 3 == 0);
        double hits = 0;
        foreach (var query in new RandomVectors(4).Clustered(50, Dimension, Clusters))
        {
            Assert.Equal(Search(exact, query, 0), Search(frozen, query, Count));
            var best = Search(exact, query, 0, filter).Select(result => result.Id).ToHashSet();
            var found = Search(frozen, query, 160, filter);
            Assert.All(found, result => Assert.Equal(0, result.Id % 3));
            hits += found.Count(result => best.Contains(result.Id));
        }
        Assert.True(hits >= 475, $"{hits} of 500");
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Open_OfASavedIndex_KeepsTheCode_AnswersAsItDid_AndAllocatesNothing(int code)
    {
        using var folder = new TemporaryFolder();
        using var live = Filled(new HnswIndexFactory(), VectorMetric.SquaredL2, new RandomVectors(5).Clustered(1_500, Dimension, Clusters));
        using var frozen = Freeze(live, code);
        var path = Saved(frozen, folder);
        // Files of 8-bit codes can be read by programs that know no others.
        Assert.Equal(code == 0 ? 2 : 4, BinaryPrimitives.ReadInt32LittleEndian(File.ReadAllBytes(path).AsSpan(8)));
        using var opened = HnswFreezer.Open(path);
        using var stream = new MemoryStream(File.ReadAllBytes(path));
        using var loaded = HnswFreezer.Load(stream);
        Assert.Equal(frozen.Describe().Options["Code"], opened.Describe().Options["Code"]);
        Assert.Equal(frozen.Describe().Memory.Codes, opened.Describe().Memory.Codes);
        var queries = new RandomVectors(6).Clustered(40, Dimension, Clusters);
        foreach (var query in queries)
        {
            Assert.Equal(Search(frozen, query, 50), Search(opened, query, 50));
            Assert.Equal(Search(frozen, query, 50), Search(loaded, query, 50));
        }
        var results = new ScoredId[10];
        Assert.Equal(0, Allocations.Of(() =>
        {
            foreach (var query in queries)
                opened.Search(query, 10, new SearchOptions { Effort = 50 }, results, out _);
        }));
        Assert.Equal(File.ReadAllBytes(path), Bytes(opened));
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Open_WithAFlippedBit_IsRefused(int code)
    {
        using var folder = new TemporaryFolder();
        using var live = Filled(new HnswIndexFactory(), VectorMetric.Cosine, new RandomVectors(7).Clustered(300, 20, 20));
        using var frozen = Freeze(live, code);
        var saved = Bytes(frozen);
        for (var at = 0; at < saved.Length; at += 211)
        {
            var damaged = saved.ToArray();
            damaged[at] ^= 0x04;
            Assert.Throws<InvalidDataException>(() => HnswFreezer.Load(new MemoryStream(damaged)));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Freeze_OfAnEmptyOrTinyIndex_HasItsDefinedAnswers(int code, VectorMetric metric)
    {
        using var live = new HnswIndexFactory().Create(new IndexShape(metric, 20));
        using var empty = Freeze(live, code);
        Assert.Empty(Search(empty, Axis(0, 1), 0));
        live.Upsert(9, Axis(0, 1));
        live.Upsert(8, Axis(1, 1));
        Assert.Throws<ArgumentNullException>(() => new FrozenHnswOptions { Code = null! });
        using var two = Freeze(live, code);
        using var loaded = HnswFreezer.Load(new MemoryStream(Bytes(two)));
        Assert.Equal([9L, 8L], Search(loaded, Axis(0, 1, 0.1f), 0).Select(result => result.Id));
    }

    [Fact]
    public void Describe_OfShorterCodes_ShowsWhatTheySave()
    {
        using var live = Filled(new HnswIndexFactory(), VectorMetric.Cosine, new RandomVectors(8).Clustered(1_000, Dimension, Clusters));
        using var scalar = Freeze(live, 0);
        using var product = Freeze(live, 1);
        using var binary = Freeze(live, 2);
        // A byte a dimension and a constant; a byte a sub-space; whole words of bits: each to a multiple of four.
        Assert.Equal((76_000, 20_000, 16_000), (scalar.Describe().Memory.Codes, product.Describe().Memory.Codes, binary.Describe().Memory.Codes));
        Assert.Equal(["scalar8", "product", "binary"], new[] { scalar, product, binary }.Select(index => index.Describe().Options["Code"]));
    }

    private static float[] Axis(int first, params float[] values) => [.. new float[first], .. values, .. new float[20 - first - values.Length]];

    private static IVectorIndex Freeze(IVectorIndex live, int code) => HnswFreezer.Freeze(live, new FrozenHnswOptions { Code = _codes[code] });

    private static IMutableVectorIndex Filled(IVectorIndexFactory factory, VectorMetric metric, float[][] vectors)
    {
        var index = factory.Create(new IndexShape(metric, vectors[0].Length));
        index.UpsertAll(Enumerable.Range(0, vectors.Length).Select(i => (long)i).ToArray(), vectors.SelectMany(vector => vector).ToArray());
        return index;
    }

    private static byte[] Bytes(IVectorIndex index)
    {
        using var stream = new MemoryStream();
        index.Save(stream);
        return stream.ToArray();
    }

    private static string Saved(IVectorIndex index, TemporaryFolder folder)
    {
        File.WriteAllBytes(folder["frozen"], Bytes(index));
        return folder["frozen"];
    }

    private static ScoredId[] Search(IVectorIndex index, float[] query, int effort, IdFilter? filter = null)
    {
        var results = new ScoredId[10];
        return results[..index.Search(query, 10, new SearchOptions { Effort = effort, Filter = filter }, results, out _)];
    }
}
