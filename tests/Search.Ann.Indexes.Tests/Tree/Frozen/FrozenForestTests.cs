using Search.Ann.Indexes.Exact;
using Search.Ann.Indexes.Filters;
using Search.Ann.Indexes.Tree;
using Search.Ann.Indexes.Tree.Frozen;
using Search.Testing;
using Search.Testing.Vectors;
using Search.Vectors;

namespace Search.Ann.Indexes.Tests.Tree.Frozen;

/// <summary>A frozen forest against the live one that it is a copy of.</summary>
public sealed class FrozenForestTests : IDisposable
{
    private const int Dimension = 20;
    private static readonly int[] _efforts = [1, 12, 60, 400, 5_000];
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<VectorMetric> Metrics => [.. Enum.GetValues<VectorMetric>()];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Metrics))]
    public void Search_OfAForestJustGrown_EqualsTheLiveOneToTheBit_AlsoWithAFilter(VectorMetric metric)
    {
        using var live = Create(metric, new ForestOptions { Trees = 5, LeafSize = 16 });
        var vectors = new RandomVectors(1).Clustered(4_000, Dimension, clusters: 60);
        live.UpsertAll(Ids(4_000), vectors.SelectMany(vector => vector).ToArray());
        using var opened = Opened(live);
        AssertEqual(live, opened, null);
        foreach (var every in (int[])[2, 15, 300])
            AssertEqual(live, opened, IdFilter.Where(id => id % every == 0));
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void Search_OfAForestLongWrittenTo_EqualsTheLiveOneToTheBit(VectorMetric metric)
    {
        // Splits and leaves come, go and are used again; half of the slots end up free.
        using var live = Create(metric, new ForestOptions { Trees = 4, LeafSize = 8 });
        var (random, vectors) = (new Random(2), new RandomVectors(2).Clustered(6_000, Dimension, clusters: 25));
        live.UpsertAll(Ids(2_500), vectors[..2_500].SelectMany(vector => vector).ToArray());
        foreach (var vector in vectors.AsSpan(2_500))
        {
            live.Upsert(random.Next(4_000), vector);
            live.Remove(random.Next(4_000));
        }
        Assert.True(live.Count < live.Describe().Memory.Vectors / (Dimension * sizeof(float)));
        AssertEqual(live, Opened(live), null);
    }

    [Fact]
    public void Search_AmongVectorsThatNoPlaneSeparates_EqualsTheLiveOneToTheBit()
    {
        // Blind splits: both sides are equally near, and only the nodes' numbers say which is visited first.
        using var live = Create(VectorMetric.Cosine, new ForestOptions { Trees = 3, LeafSize = 8 }, dimension: 2);
        for (var id = 0; id < 2_000; id++)
            live.Upsert(id, [BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(0.6f) + id % 60), BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(0.8f) + id / 60)]);
        for (var id = 0; id < 2_000; id += 3)
            live.Remove(id);
        using var opened = Opened(live);
        foreach (var effort in _efforts)
            AssertEqual(live, opened, [0.6f, 0.8f], effort, null);
    }

    [Fact]
    public void Search_OfWhatHasNoTreesYet_AndOfWhatHasLostAllVectors_IsThatOfTheLiveOne()
    {
        using var live = Create(VectorMetric.Cosine, new ForestOptions());
        var vectors = new RandomVectors(3).Clustered(1_500, Dimension, clusters: 10);
        live.UpsertAll(Ids(500), vectors[..500].SelectMany(vector => vector).ToArray());
        Assert.Equal(0, Opened(live).Describe().Memory.Links);
        AssertEqual(live, Opened(live), null);
        live.UpsertAll(Ids(1_500), vectors.SelectMany(vector => vector).ToArray());
        for (var id = 0; id < 1_500; id++)
            live.Remove(id);
        using var emptied = Opened(live);
        Assert.Equal((0, 0), (emptied.Count, emptied.Search(vectors[0], 10, default, [], out _)));
    }

    [Fact]
    public void Describe_SaysWhatTheLiveOneSays_AndThatAllOfItIsMapped()
    {
        using var live = Create(VectorMetric.InnerProduct, new ForestOptions { Trees = 7, LeafSize = 32, Seed = 0xFEED_FACE_CAFE_BEEF });
        live.UpsertAll(Ids(3_000), new RandomVectors(4).Clustered(3_000, Dimension, clusters: 30).SelectMany(vector => vector).ToArray());
        using var opened = Opened(live);
        var (before, after) = (live.Describe(), opened.Describe());
        Assert.Equal(before.Options, after.Options);
        Assert.Equal(before.Structure[0].Counts, after.Structure[0].Counts);
        Assert.Equal("forest-frozen", after.Kind);
        Assert.Equal((0, after.Memory.Total), (after.Memory.Resident, after.Memory.Mapped));
        // No room to grow.
        Assert.True(after.Memory.Links < before.Memory.Links && after.Memory.Ids < before.Memory.Ids && after.Memory.Vectors == 3_000 * Dimension * sizeof(float));
    }

    [Fact]
    public void Freeze_OfAnotherKindOfIndex_IsRefused()
    {
        using var exact = new ExactIndexFactory().Create(new IndexShape(VectorMetric.Cosine, 3));
        Assert.Contains("'exact'", Assert.Throws<ArgumentException>(() => ForestFreezer.Freeze(exact)).Message, StringComparison.Ordinal);
        using var lsh = new Indexes.Lsh.LshIndexFactory().Create(new IndexShape(VectorMetric.Cosine, 3));
        Assert.Contains("'lsh'", Assert.Throws<ArgumentException>(() => ForestFreezer.Freeze(lsh)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new FrozenForestOptions { Effort = 0 });
    }

    [Fact]
    public void FactoryOpen_OfAForestAsItWasKeptBefore_ReadsIt_AndFrozenOnesAreMapped()
    {
        var factory = new ForestIndexFactory(new ForestOptions { Effort = 77 });
        using var live = Create(VectorMetric.Cosine, new ForestOptions());
        live.UpsertAll(Ids(1_500), new RandomVectors(5).Clustered(1_500, Dimension, clusters: 20).SelectMany(vector => vector).ToArray());
        using (var stream = File.Create(_folder["live"]))
            live.Save(stream);
        using (var frozen = factory.Freeze(live))
        using (var stream = File.Create(_folder["frozen"]))
            frozen.Save(stream);
        using var read = factory.Open(_folder["live"]);
        using var mapped = factory.Open(_folder["frozen"], FileVerification.Background);
        Assert.Equal(("forest", "forest-frozen"), (read.Name, mapped.Name));
        Assert.Equal((77, 77), (((ITunableIndex)read).DefaultEffort, ((ITunableIndex)mapped).DefaultEffort));
        AssertEqual(read, mapped, null);
        File.AppendAllText(_folder["live"], "more");
        Assert.Throws<InvalidDataException>(() => factory.Open(_folder["live"]));
    }

    private static void AssertEqual(IVectorIndex live, IVectorIndex frozen, IdFilter? filter)
    {
        foreach (var query in new RandomVectors(6).Clustered(40, Dimension, clusters: 60))
        {
            foreach (var effort in _efforts)
                AssertEqual(live, frozen, query, effort, filter);
        }
    }

    private static void AssertEqual(IVectorIndex live, IVectorIndex frozen, float[] query, int effort, IdFilter? filter)
    {
        var (expected, actual) = (new ScoredId[15], new ScoredId[15]);
        var options = new SearchOptions { Effort = effort, Filter = filter };
        Assert.Equal(live.Search(query, 15, options, expected, out var before), frozen.Search(query, 15, options, actual, out var after));
        Assert.Equal(expected, actual);
        Assert.Equal(before, after);
    }

    private static IMutableVectorIndex Create(VectorMetric metric, ForestOptions options, int dimension = Dimension) =>
        new ForestIndexFactory(options).Create(new IndexShape(metric, dimension));

    private static long[] Ids(int count) => [.. Enumerable.Range(0, count).Select(i => (long)i)];

    private IVectorIndex Opened(IVectorIndex live)
    {
        var path = _folder[Guid.NewGuid().ToString("N")];
        using (var frozen = ForestFreezer.Freeze(live))
        using (var stream = File.Create(path))
            frozen.Save(stream);
        return ForestFreezer.Open(path);
    }
}
