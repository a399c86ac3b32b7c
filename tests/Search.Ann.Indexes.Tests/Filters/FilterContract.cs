using Search.Ann.Indexes.Filters;
using Search.Ann.Indexes.Tests.Statistics;
using Search.Testing.Vectors;
using Search.Vectors;

namespace Search.Ann.Indexes.Tests.Filters;

/// <summary>What every kind of index promises of a search with a filter.</summary>
public abstract class FilterContract
{
    private const int Dimension = 16;
    private const int Count = 3_000;

    // Spread over the whole range of ids, so that the prepared form is not always a bitmap.
    private const long Step = 1L << 40;

    private static readonly int[] _everys = [1, 2, 10, 100, 1_000];

    protected abstract IMutableVectorIndex Create(IndexShape shape);

    /// <summary>The index that is searched, where that is another than the one written to.</summary>
    protected virtual IVectorIndex Served(IMutableVectorIndex filled) => filled;

    public static TheoryData<string> Kinds => ["close ids", "bits", "spread ids", "predicate"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Search_AtFullEffort_EqualsTheExactAnswerAmongThoseThatPass(string kind)
    {
        var step = kind == "spread ids" ? Step : 1;
        var vectors = Vectors(1);
        using var index = Filled(vectors, step);
        foreach (var every in _everys)
        {
            var filter = FilterOf(kind, every, step);
            foreach (var query in Vectors(2).AsSpan(0, 10))
                Assert.Equal(Truth(vectors, query, step, every).Take(10), Search(index, query, 10, filter, effort: Count));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Search_AtSmallEffort_FindsNothingThatDoesNotPass_AndAsManyAsPass(string kind)
    {
        var step = kind == "spread ids" ? Step : 1;
        using var index = Filled(Vectors(3), step);
        foreach (var every in _everys)
        {
            var filter = FilterOf(kind, every, step);
            foreach (var query in Vectors(4).AsSpan(0, 20))
            {
                var found = Search(index, query, 10, filter, effort: 10);
                Assert.Equal(Math.Min(10, Count / every), found.Length);
                Assert.All(found, result => Assert.True(result.Id / step % every == 0));
                Assert.Equal(found.Order(), found);
                Assert.Equal(found.Length, found.Select(f => f.Id).Distinct().Count());
            }
        }
    }

    [Fact]
    public void Search_WithAFilterThatNothingPasses_FindsNothing()
    {
        var vectors = Vectors(5);
        using var index = Filled(vectors, 1);
        foreach (var filter in (IdFilter[])[IdFilter.Of(), IdFilter.OfBits([]), IdFilter.OfBits([0, 0]), IdFilter.Where(_ => false)])
        {
            Assert.Empty(Search(index, vectors[0], 10, filter, effort: 10));
            Assert.Empty(Search(index, vectors[0], Count, filter, effort: Count));
        }
    }

    [Fact]
    public void Search_WithAFilterThatNamesUnknownIds_FindsTheKnownOnes()
    {
        var vectors = Vectors(6);
        using var index = Filled(vectors, 1);
        Assert.Equal([7L], Search(index, vectors[7], 10, IdFilter.Of(-5, 7, 7, Count, long.MaxValue, long.MinValue), effort: 0).Select(f => f.Id));
        Assert.Empty(Search(index, vectors[7], 10, IdFilter.Of([.. Enumerable.Range(Count, 10 * Count).Select(i => (long)i)]), effort: 0));
        var mostlyUnknown = IdFilter.Of([.. Enumerable.Range(Count - 30, 10 * Count).Select(i => (long)i)]);
        Assert.Equal(30, Search(index, vectors[7], 100, mostlyUnknown, effort: 0).Length);
    }

    [Fact]
    public void Search_OfAnEmptyIndex_WithAFilter_FindsNothing()
    {
        using var index = Served(Create(new IndexShape(VectorMetric.Cosine, 3)));
        var options = new SearchOptions { Filter = IdFilter.Of(1) };
        Assert.Equal(0, index.Search([1, 2, 3], 10, options, [], out var statistics));
        Assert.Equal(default, statistics);
    }

    [Fact]
    public void Search_AmongEqualVectors_FindsThoseIdsThatPass()
    {
        var vectors = Vectors(7);
        for (var i = 0; i < Count; i += 3)
            vectors[i] = vectors[i % 30]; // ten pictures, a hundred times each
        using var index = Filled(vectors, 1);
        foreach (var every in (int[])[2, 20, 200])
        {
            var equal = Enumerable.Range(0, Count).Where(i => i % every == 0 && vectors[i].AsSpan().SequenceEqual(vectors[0])).Select(i => (long)i).ToArray();
            foreach (var kind in (string[])["close ids", "predicate"])
                Assert.Equal(equal.Take(10), Search(index, vectors[0], 10, FilterOf(kind, every, 1), effort: 200).Take(equal.Length).Select(f => f.Id));
        }
    }

    [Fact]
    public void Search_WithAFilterThatThrows_HarmsNothing()
    {
        var vectors = Vectors(8);
        using var index = Filled(vectors, 1);
        var asked = 0;
        var failing = IdFilter.Where(id => ++asked < 60 ? id % 2 == 0 : throw new InvalidOperationException("asked too often"));
        Assert.Throws<InvalidOperationException>(() => Search(index, vectors[0], 10, failing, effort: 50));
        Assert.Equal(0, Search(index, vectors[0], 10, FilterOf("predicate", 2, 1), effort: 100)[0].Id);
        Assert.Equal(1, Search(index, vectors[1], 10, null!, effort: 100)[0].Id);
    }

    [Theory]
    [InlineData("close ids")]
    [InlineData("spread ids")]
    [InlineData("predicate")]
    public void Search_WithAFilter_OnceWarm_AllocatesNothing(string kind)
    {
        var step = kind == "spread ids" ? Step : 1;
        using var index = Filled(Vectors(9), step);
        var queries = Vectors(10)[..40];
        var results = new ScoredId[10];
        SearchOptions[] options = [.. ((int[])[1, 2, 10, 100]).Select(every => new SearchOptions { Effort = 20, Filter = FilterOf(kind, every, step) })];
        void SearchAll()
        {
            foreach (var option in options)
            {
                foreach (var query in queries)
                    index.Search(query, 10, option, results, out _);
            }
        }
        SearchAll();
        Assert.Equal(0, Allocations.Of(SearchAll));
    }

    [Fact]
    public void Statistics_OfAFilteredSearch_CountWhatWasScored()
    {
        var vectors = Vectors(11);
        using var index = Filled(vectors, 1);
        foreach (var query in vectors.AsSpan(0, 20))
        {
            index.Search(query, 3, new SearchOptions { Filter = IdFilter.Of(5, 500, 1_000, Count) }, new ScoredId[10], out var named);
            Assert.Equal(3, named.DistancesComputed);
            index.Search(query, 3, new SearchOptions { Effort = Count, Filter = FilterOf("predicate", 10, 1) }, new ScoredId[10], out var scanned);
            Assert.Equal(Count / 10, scanned.DistancesComputed);
        }
    }

    [Fact]
    public async Task Search_WithAFilter_WhileAnotherThreadWrites_SeesOnlyWhatPassesAndAllThatStays()
    {
        // Ids divisible by 4 stay where they are, the other even ones move, odd ones come and go.
        const int ids = 1_600;
        using var index = Create(new IndexShape(VectorMetric.SquaredL2, Dimension));
        var vectors = Vectors(12);
        for (var id = 0; id < ids; id += 2)
            index.Upsert(id, vectors[id]);
        using var stop = new CancellationTokenSource();
        var searches = 0;
        var writer = Task.Run(() =>
        {
            for (var turn = 0; turn < 3 || Volatile.Read(ref searches) < 20; turn++)
            {
                for (var id = 1; id < ids; id += 2)
                    index.Upsert(id, vectors[id + turn % 2]);
                for (var id = 2; id < ids; id += 4)
                    index.Upsert(id, vectors[(id + turn) % Count]);
                for (var id = 1; id < ids; id += 2)
                    index.Remove(id);
            }
            stop.Cancel();
        }, TestContext.Current.CancellationToken);
        var staying = IdFilter.Where(id => id % 4 == 0);
        var coming = IdFilter.Of([.. Enumerable.Range(0, ids).Where(i => i % 4 != 0).Select(i => (long)i)]);
        while (!stop.IsCancellationRequested)
        {
            var query = vectors[Interlocked.Increment(ref searches) % Count];
            Assert.Equal(ids / 4, Search(index, query, ids, staying, effort: ids).Length);
            Assert.All(Search(index, query, 20, staying, effort: 20), found => Assert.Equal(0, found.Id % 4));
            var moving = Search(index, query, ids, coming, effort: 40);
            Assert.All(moving, found => Assert.NotEqual(0, found.Id % 4));
            Assert.Equal(moving.Length, moving.Select(f => f.Id).Distinct().Count());
            Assert.True(moving.Length >= ids / 4);
        }
        await writer;
    }

    private IVectorIndex Filled(float[][] vectors, long step)
    {
        var index = Create(new IndexShape(VectorMetric.SquaredL2, Dimension));
        index.UpsertAll(Enumerable.Range(0, vectors.Length).Select(i => i * step).ToArray(), vectors.SelectMany(v => v).ToArray());
        return Served(index);
    }

    private static float[][] Vectors(int seed) => new RandomVectors(seed).Clustered(Count, Dimension, clusters: 60);

    private static IdFilter FilterOf(string kind, int every, long step)
    {
        var ids = Enumerable.Range(0, Count / every).Select(i => i * every * step).ToArray();
        switch (kind)
        {
            case "predicate":
                return IdFilter.Where(id => id / step % every == 0);
            case "bits":
                var words = new ulong[Count / 64 + 1];
                foreach (var id in ids)
                    words[id / 64] |= 1ul << (int)id;
                return IdFilter.OfBits(words);
            default:
                return IdFilter.Of(ids);
        }
    }

    private static IEnumerable<ScoredId> Truth(float[][] vectors, float[] query, long step, int every) => Enumerable.Range(0, Count / every)
        .Select(i => new ScoredId(i * every * step, -VectorKernels.SquaredL2(query, vectors[i * every]))).Order();

    private static ScoredId[] Search(IVectorIndex index, float[] query, int k, IdFilter filter, int effort)
    {
        var results = new ScoredId[Math.Min(k, Count)];
        return results[..index.Search(query, k, new SearchOptions { Effort = effort, Filter = filter }, results, out _)];
    }
}
