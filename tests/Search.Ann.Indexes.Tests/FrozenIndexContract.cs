using Search.Ann.Indexes.Exact;
using Search.Ann.Indexes.Filters;
using Search.Ann.Indexes.Hnsw;
using Search.Ann.Indexes.Hnsw.Frozen;
using Search.Ann.Indexes.Tests.Statistics;
using Search.Ann.Indexes.Tree;
using Search.Ann.Indexes.Tree.Frozen;
using Search.Testing;
using Search.Testing.Vectors;
using Search.Vectors;

namespace Search.Ann.Indexes.Tests;

/// <summary>
/// What of <see cref="VectorIndexContract"/> every index promises that is only read, however it came into memory. Inherit it, name the factory that freezes and opens it, and the index is held to it.
/// </summary>
public abstract class FrozenIndexContract : IDisposable
{
    private const int Dimension = 12;
    private readonly TemporaryFolder _folder = new();

    public enum Form
    {
        Frozen,
        Loaded,
        Opened,
        OpenedInBackground,
    }

    public static TheoryData<VectorMetric> Metrics => [.. Enum.GetValues<VectorMetric>()];

    public static TheoryData<Form> Forms => [.. Enum.GetValues<Form>()];

    protected abstract IVectorIndexFactory Factory { get; }

    protected abstract IVectorIndex Load(Stream stream);

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void Search_AtAnEffortOfTheCount_IsExact_InEveryForm(VectorMetric metric)
    {
        var vectors = Vectors(2_000);
        using var exact = Filled(new ExactIndexFactory(), metric, vectors);
        foreach (var form in Enum.GetValues<Form>())
        {
            using var index = Made(form, metric, vectors);
            Assert.Equal((metric, Dimension, exact.Count), (index.Metric, index.Dimension, index.Count));
            foreach (var query in Queries(10))
            {
                Assert.Equal(Search(exact, query, 10), Search(index, query, 10, effort: vectors.Length));
                var filter = IdFilter.Where(id => id % 3 == 0);
                Assert.Equal(Search(exact, query, 10, filter: filter), Search(index, query, 10, effort: vectors.Length, filter));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Search_AtASmallEffort_AnswersInEveryFormAlike(Form form)
    {
        var vectors = Vectors(3_000);
        using var first = Made(Form.Frozen, VectorMetric.Cosine, vectors);
        using var index = Made(form, VectorMetric.Cosine, vectors);
        for (var round = 0; round < 2; round++)
        {
            foreach (var query in Queries(40))
            {
                Assert.Equal(Search(first, query, 10, effort: 30), Search(index, query, 10, effort: 30));
                Assert.Equal(Search(first, query, 10, effort: 30, IdFilter.Where(id => id % 2 == 0)), Search(index, query, 10, effort: 30, IdFilter.Where(id => id % 2 == 0)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Lookups_FindWhatWasThere_AlsoOfEqualVectors(Form form)
    {
        var vectors = Vectors(1_500);
        using var index = Made(form, VectorMetric.SquaredL2, vectors);
        var stored = new float[Dimension];
        for (var id = 0; id < vectors.Length; id++)
        {
            Assert.Equal(IsKept(id), index.Contains(id));
            Assert.Equal(IsKept(id), index.TryGetVector(id, stored));
            if (IsKept(id)) Assert.Equal(vectors[id], stored);
        }
        Assert.False(index.Contains(-1));
        Assert.False(index.TryGetVector(vectors.Length, stored));
        Assert.Equal(Enumerable.Range(0, vectors.Length).Where(IsKept).Select(id => (long)id), index.ListIds());
        var equal = Enumerable.Range(0, vectors.Length).Where(i => IsKept(i) && vectors[i].AsSpan().SequenceEqual(vectors[0])).Select(i => (long)i).ToArray();
        Assert.Equal(equal, Search(index, vectors[0], equal.Length, effort: 50).Select(found => found.Id));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Search_OfAnEmptyIndex_FindsNothing(Form form)
    {
        using var index = Made(form, VectorMetric.Cosine, []);
        Assert.Equal(0, index.Search(Queries(1)[0], 10, default, [], out var statistics));
        Assert.Equal(default, statistics);
        Assert.Equal((0, 0), (index.Count, index.Describe().Vectors));
        Assert.False(index.Contains(0));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Search_OfATinyIndex_HasItsDefinedAnswers(Form form)
    {
        using var index = Made(form, VectorMetric.SquaredL2, [.. Enumerable.Range(0, 6).Select(i => Enumerable.Repeat((float)i, Dimension).ToArray())]);
        var query = new float[Dimension];
        // Removed: see IsKept.
        Assert.Equal([0L, 1, 2, 4, 5], Search(index, query, 1_000).Select(found => found.Id));
        Assert.Equal(5, index.Search(query, int.MaxValue, default, new ScoredId[5], out _));
        Assert.Equal("k", Assert.Throws<ArgumentOutOfRangeException>(() => index.Search(query, 0, default, new ScoredId[1], out _)).ParamName);
        Assert.Throws<ArgumentException>(() => index.Search(query, 2, default, new ScoredId[1], out _));
        Assert.Equal(VectorDefect.WrongDimension, Defect([1, 2]));
        query[1] = float.NaN;
        Assert.Equal(VectorDefect.NotFinite, Defect(query));
        query[1] = float.PositiveInfinity;
        Assert.Equal(VectorDefect.NotFinite, Defect(query));
        query[1] = 1e30f;
        Assert.Equal(VectorDefect.TooLong, Defect(query));

        VectorDefect Defect(float[] vector) => Assert.Throws<InvalidVectorException>(() => index.Search(vector, 1, default, new ScoredId[1], out _)).Defect;
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Search_OnceWarm_AllocatesNothing(Form form)
    {
        using var index = Made(form, VectorMetric.Cosine, Vectors(2_000));
        // Until what is checked beside the searches has been.
        index.Save(Stream.Null);
        var (results, queries, filter) = (new ScoredId[20], Queries(40), IdFilter.Where(id => id % 2 == 0));
        Run();
        Assert.Equal(0, Allocations.Of(Run));

        void Run()
        {
            foreach (var query in queries)
            {
                index.Search(query, 20, default, results, out _);
                index.Search(query, 20, new SearchOptions { Effort = 60, Filter = filter }, results, out _);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Searches_OfManyThreads_FindWhatOneFinds(Form form)
    {
        using var index = Made(form, VectorMetric.Cosine, Vectors(2_000));
        var queries = Queries(100);
        var expected = queries.Select(query => Search(index, query, 10, effort: 40)).ToArray();
        await Parallel.ForAsync(0, 4 * queries.Length, TestContext.Current.CancellationToken, (i, _) =>
        {
            Assert.Equal(expected[i % queries.Length], Search(index, queries[i % queries.Length], 10, effort: 40));
            return ValueTask.CompletedTask;
        });
        var (results, counts) = (new ScoredId[10 * queries.Length], new int[queries.Length]);
        index.SearchAll(queries.SelectMany(query => query).ToArray(), 10, new SearchOptions { Effort = 40, Threads = 2 }, results, counts, out _);
        for (var q = 0; q < queries.Length; q++)
            Assert.Equal(expected[q], results[(10 * q)..(10 * q + counts[q])]);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Describe_CountsWhatIsThere_AndSaysHowMuchIsMapped(Form form)
    {
        var vectors = Vectors(2_500);
        using var index = Made(form, VectorMetric.Cosine, vectors);
        index.Save(Stream.Null);
        var description = index.Describe();
        var different = vectors.Where((_, i) => IsKept(i)).DistinctBy(vector => string.Join(' ', vector)).Count();
        Assert.Equal((index.Name, VectorMetric.Cosine, Dimension), (description.Kind, description.Shape.Metric, description.Shape.Dimension));
        Assert.Equal((index.Count, different), (description.Count, description.Vectors));
        Assert.Equal(form == Form.Frozen, description.BuildTime > TimeSpan.Zero);
        Assert.Equal(different * Dimension * sizeof(float), description.Memory.Vectors);
        Assert.True(description.Memory.Links > 0 && description.Memory.Ids >= index.Count * sizeof(long));
        Assert.InRange(description.Memory.Mapped, form >= Form.Opened ? description.Memory.Vectors : 0, form >= Form.Opened ? description.Memory.Total : 0);
        Assert.All(description.Structure, histogram => Assert.True(histogram.Things > 0 && histogram.Mean > 0 && histogram.Quantile(1) == histogram.Most));
        // All that is in the file is described, but for what says how much there is of it and codes that all share.
        using var stream = new MemoryStream();
        index.Save(stream);
        Assert.InRange(stream.Length, description.Memory.Total, description.Memory.Total + 12 * 4_096);
    }

    [Fact]
    public void SameWrites_MakeTheSameFile_AndOneThatWasOpenedIsSavedAsItWas()
    {
        var vectors = Vectors(2_000);
        byte[] Saved(Form form)
        {
            using var index = Made(form, VectorMetric.InnerProduct, vectors);
            using var stream = new MemoryStream();
            index.Save(stream);
            return stream.ToArray();
        }
        var first = Saved(Form.Frozen);
        Assert.All(Enum.GetValues<Form>(), form => Assert.Equal(first, Saved(form)));
    }

    [Fact]
    public void Freeze_ThenWritesToTheLiveIndex_DoNotShow()
    {
        var vectors = Vectors(1_400);
        using var live = Filled(Factory, VectorMetric.Cosine, vectors);
        using var frozen = Factory.Freeze(live);
        foreach (var id in live.ListIds())
            live.Remove(id);
        Assert.Equal(vectors.Where((_, i) => IsKept(i)).Count(), frozen.Count);
        Assert.Equal(4, Search(frozen, vectors[4], 1, effort: 50)[0].Id);
    }

    [Fact]
    public void Load_ReadsNothingBehindTheIndex()
    {
        using var index = Made(Form.Frozen, VectorMetric.Cosine, Vectors(100));
        using var stream = new MemoryStream();
        index.Save(stream);
        stream.WriteByte(77);
        stream.Position = 0;
        using var loaded = Load(stream);
        Assert.Equal(77, stream.ReadByte());
    }

    [Fact]
    public void Search_AfterDispose_IsRefused_AndTheFileMayGoBefore()
    {
        foreach (var form in (Form[])[Form.Opened, Form.OpenedInBackground])
        {
            var index = Made(form, VectorMetric.Cosine, Vectors(1_200));
            File.Delete(_folder["index"]);
            Assert.Equal(10, Search(index, Queries(1)[0], 10).Length);
            index.Dispose();
            index.Dispose();
            Assert.Throws<ObjectDisposedException>(() => Search(index, Queries(1)[0], 10));
            Assert.Throws<ObjectDisposedException>(index.Describe);
        }
    }

    [Fact]
    public void DefaultEffort_OnceSet_IsThatOfSearchesThatNameNone()
    {
        using var index = Made(Form.Opened, VectorMetric.Cosine, Vectors(2_000));
        var tunable = Assert.IsAssignableFrom<ITunableIndex>(index);
        tunable.DefaultEffort = 33;
        var results = new ScoredId[10];
        index.Search(Queries(1)[0], 10, default, results, out var ofNone);
        index.Search(Queries(1)[0], 10, new SearchOptions { Effort = 33 }, results, out var ofThat);
        Assert.Equal(ofThat, ofNone);
        Assert.Contains("33", index.Describe().Options.Values);
        Assert.Throws<ArgumentOutOfRangeException>(() => tunable.DefaultEffort = 0);
    }

    private static float[][] Vectors(int count)
    {
        var vectors = new RandomVectors(70).Clustered(count, Dimension, clusters: 30);
        for (var i = 10; i < vectors.Length; i += 10)
            vectors[i] = vectors[i % 30]; // several ids a vector
        return vectors;
    }

    private static float[][] Queries(int count) => new RandomVectors(71).Clustered(count, Dimension, clusters: 30);

    private static bool IsKept(int id) => id % 8 != 3;

    private static IMutableVectorIndex Filled(IVectorIndexFactory factory, VectorMetric metric, float[][] vectors)
    {
        var index = factory.Create(new IndexShape(metric, Dimension));
        index.UpsertAll(Enumerable.Range(0, vectors.Length).Select(i => (long)i).ToArray(), vectors.SelectMany(vector => vector).ToArray());
        // Gaps, and nodes that come from elsewhere.
        for (var id = 3; id < vectors.Length; id += 8)
            index.Remove(id);
        return index;
    }

    private static ScoredId[] Search(IVectorIndex index, float[] query, int k, int effort = 0, IdFilter? filter = null)
    {
        var results = new ScoredId[Math.Min(k, Math.Max(1, index.Count))];
        return results[..index.Search(query, k, new SearchOptions { Effort = effort, Filter = filter }, results, out _)];
    }

    private IVectorIndex Made(Form form, VectorMetric metric, float[][] vectors)
    {
        using var live = Filled(Factory, metric, vectors);
        var frozen = Factory.Freeze(live);
        if (form == Form.Frozen) return frozen;
        using (frozen)
        using (var file = File.Create(_folder["index"]))
            frozen.Save(file);
        if (form != Form.Loaded) return Factory.Open(_folder["index"], form == Form.Opened ? FileVerification.AtOpen : FileVerification.Background);
        using var stream = File.OpenRead(_folder["index"]);
        return Load(stream);
    }
}

public sealed class FrozenHnswContractTests : FrozenIndexContract
{
    protected override IVectorIndexFactory Factory { get; } = new HnswIndexFactory();

    protected override IVectorIndex Load(Stream stream) => HnswFreezer.Load(stream);
}

public sealed class FrozenForestContractTests : FrozenIndexContract
{
    protected override IVectorIndexFactory Factory { get; } = new ForestIndexFactory();

    protected override IVectorIndex Load(Stream stream) => ForestFreezer.Load(stream);
}
