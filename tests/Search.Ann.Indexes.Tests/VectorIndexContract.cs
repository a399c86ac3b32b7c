using Search.Ann.Indexes.Filters;
using Search.Ann.Indexes.Tests.Statistics;
using Search.Testing.Vectors;
using Search.Vectors;

namespace Search.Ann.Indexes.Tests;

/// <summary>What every index promises, whatever it is made of. Inherit it, name the factory, and the index is held to it.</summary>
public abstract class VectorIndexContract
{
    protected abstract IVectorIndexFactory Factory { get; }

    public static TheoryData<VectorMetric> Metrics => [.. Enum.GetValues<VectorMetric>()];

    [Theory]
    [MemberData(nameof(Metrics))]
    public void Search_OfASmallIndex_EqualsBruteForce(VectorMetric metric)
    {
        var random = new RandomVectors(1);
        using var index = Create(metric, 24);
        var vectors = Enumerable.Range(0, 200).ToDictionary(i => (long)i * 7 - 300, _ => random.Gaussian(24));
        foreach (var (id, vector) in vectors)
            Assert.True(index.Upsert(id, vector));
        for (var q = 0; q < 20; q++)
        {
            var query = random.Gaussian(24);
            // An effort as large as the index makes every index exact.
            var found = Search(index, query, 10, effort: 200);
            var expected = BruteForce(metric, query, vectors).Take(10).ToArray();
            Assert.Equal(expected.Select(e => e.Id), found.Select(f => f.Id));
            for (var i = 0; i < found.Length; i++)
                Assert.Equal(expected[i].Score, found[i].Score, 1e-4f * Math.Max(1, Math.Abs(expected[i].Score)));
        }
    }

    [Fact]
    public void UpsertAll_OfNewRepeatedAndEqualVectors_LeavesTheLastOfEachId()
    {
        var random = new RandomVectors(50);
        const int dimension = 12;
        using var index = Create(VectorMetric.SquaredL2, dimension);
        var expected = new Dictionary<long, float[]>();
        var vectors = random.Clustered(600, dimension, clusters: 30);
        index.Upsert(3, vectors[0]);
        var (ids, rows) = (new List<long>(), new List<float>());
        for (var i = 0; i < vectors.Length; i++)
        {
            // Ids come again, and so do vectors, within a batch and across batches.
            var (id, vector) = (i % 7 == 0 ? i / 2 : i, vectors[i % 11 == 0 ? i / 3 : i]);
            ids.Add(id);
            rows.AddRange(vector);
            expected[id] = vector;
        }
        index.UpsertAll(ids.ToArray(), rows.ToArray(), threads: 2);

        Assert.Equal(expected.Count, index.Count);
        foreach (var (id, vector) in expected)
        {
            var stored = new float[dimension];
            Assert.True(index.TryGetVector(id, stored));
            Assert.Equal(vector, stored);
        }
        foreach (var query in random.Clustered(20, dimension, clusters: 30))
            Assert.Equal(BruteForce(VectorMetric.SquaredL2, query, expected).Take(10).Select(e => e.Id), Search(index, query, 10, effort: 600).Select(f => f.Id));
    }

    [Fact]
    public void UpsertAll_OnAnyNumberOfThreads_MakesTheSameIndex()
    {
        var vectors = new RandomVectors(51).Clustered(2_000, 16, clusters: 40);
        byte[] Saved(int threads)
        {
            using var index = Create(VectorMetric.Cosine, 16);
            index.UpsertAll(Enumerable.Range(0, 2_000).Select(i => (long)i).ToArray(), vectors.SelectMany(v => v).ToArray(), threads);
            using var stream = new MemoryStream();
            index.Save(stream);
            return stream.ToArray();
        }
        var alone = Saved(1);
        Assert.Equal(alone, Saved(2));
        Assert.Equal(alone, Saved(5));
    }

    [Fact]
    public void UpsertAll_WithAnInvalidVector_KeepsThoseBeforeItAndRefusesTheRest()
    {
        using var index = Create(VectorMetric.Cosine, 8);
        var vectors = new RandomVectors(52).Clustered(100, 8, clusters: 10);
        vectors[60][3] = float.NaN;
        var ids = Enumerable.Range(0, 100).Select(i => (long)i).ToArray();
        Assert.Throws<InvalidVectorException>(() => index.UpsertAll(ids, vectors.SelectMany(v => v).ToArray()));
        Assert.Equal(60, index.Count);
        for (var id = 0; id < 60; id++)
            Assert.Equal(id, Search(index, vectors[id], 1, effort: 100)[0].Id);
        Assert.True(index.Upsert(60, vectors[61]));
        Assert.Throws<ArgumentException>(() => index.UpsertAll(ids, new float[8 * 99]));
    }

    [Fact]
    public async Task UpsertUntil_Stopped_SaysHowManyItAdded_AndCanBeGoneOnWith()
    {
        using var index = Create(VectorMetric.Cosine, 8);
        var vectors = new RandomVectors(31).Clustered(600, 8, clusters: 10).SelectMany(vector => vector).ToArray();
        var ids = Enumerable.Range(0, 600).Select(i => (long)i).ToArray();
        using var stop = new CancellationTokenSource();
        // From another thread, at whatever moment that is.
        var stopping = Task.Run(stop.Cancel, TestContext.Current.CancellationToken);
        var done = index.UpsertUntil(ids, vectors, threads: 1, stop.Token);
        await stopping;
        Assert.Equal(ids[..done], index.ListIds());
        Assert.Equal(0, index.UpsertUntil(ids, vectors, threads: 1, stop.Token));
        Assert.Equal(done, index.Count);

        Assert.Equal(600 - done, index.UpsertUntil(ids.AsMemory(done), vectors.AsMemory(done * 8), threads: 1, TestContext.Current.CancellationToken));
        Assert.Equal(ids, index.ListIds());
        for (var id = 0; id < 600; id++)
            Assert.Equal(id, Search(index, vectors[(id * 8)..(id * 8 + 8)], 1, effort: 100)[0].Id);
    }

    [Fact]
    public void Search_OfAnEmptyIndex_FindsNothing()
    {
        using var index = Create(VectorMetric.Cosine, 3);
        Assert.Equal(0, index.Search([1, 2, 3], 10, default, [], out var statistics));
        Assert.Equal(default, statistics);
        Assert.Equal(0, index.Count);
    }

    [Fact]
    public void Search_ForMoreThanThereAre_FindsAll()
    {
        using var index = Create(VectorMetric.SquaredL2, 2);
        for (var i = 0; i < 50; i++)
            index.Upsert(i, [i, -i]);
        Assert.Equal(Enumerable.Range(0, 50).Select(i => (long)i), Search(index, [0, 0], 1_000).Select(f => f.Id));
        Assert.Equal(Enumerable.Range(0, 50).Select(i => (long)i), Search(index, [0, 0], int.MaxValue, room: 50).Select(f => f.Id));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void Search_ForNoneOrFewer_IsRefused(int k)
    {
        using var index = Create(VectorMetric.Cosine, 2);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => index.Search([1, 0], k, default, new ScoredId[1], out _));
        Assert.Equal("k", error.ParamName);
    }

    [Fact]
    public void Search_WithTooLittleRoom_IsRefused()
    {
        using var index = Create(VectorMetric.Cosine, 2);
        index.Upsert(1, [1, 0]);
        index.Upsert(2, [0, 1]);
        Assert.Throws<ArgumentException>(() => index.Search([1, 0], 2, default, new ScoredId[1], out _));
    }

    [Theory]
    [InlineData(VectorDefect.WrongDimension, new[] { 1f, 2f })]
    [InlineData(VectorDefect.WrongDimension, new float[0])]
    [InlineData(VectorDefect.WrongDimension, new[] { 1f, 2f, 3f, 4f })]
    [InlineData(VectorDefect.NotFinite, new[] { 1f, float.NaN, 3f })]
    [InlineData(VectorDefect.NotFinite, new[] { float.PositiveInfinity, 2f, 3f })]
    [InlineData(VectorDefect.NotFinite, new[] { 1f, 2f, float.NegativeInfinity })]
    [InlineData(VectorDefect.ZeroLength, new[] { 0f, -0f, 0f })]
    public void AnyOperation_WithADefectiveVector_SaysWhatIsWrongAndChangesNothing(VectorDefect defect, float[] vector)
    {
        using var index = Create(VectorMetric.Cosine, 3);
        index.Upsert(1, [1, 2, 3]);
        Assert.Equal(defect, Assert.Throws<InvalidVectorException>(() => index.Upsert(2, vector)).Defect);
        Assert.Equal(defect, Assert.Throws<InvalidVectorException>(() => index.Upsert(1, vector)).Defect);
        Assert.Equal(defect, Assert.Throws<InvalidVectorException>(() => index.Search(vector, 1, default, new ScoredId[1], out _)).Defect);
        var found = Assert.Single(Search(index, [1, 2, 3], 5));
        Assert.Equal(1, found.Id);
        Assert.Equal(1f, found.Score, 1e-6f);
    }

    [Theory]
    [InlineData(VectorMetric.InnerProduct)]
    [InlineData(VectorMetric.SquaredL2)]
    public void Upsert_OfAVectorWhoseScoresWouldOverflow_IsRefused(VectorMetric metric)
    {
        using var index = Create(metric, 2);
        Assert.Equal(VectorDefect.TooLong, Assert.Throws<InvalidVectorException>(() => index.Upsert(1, [1e30f, -1e30f])).Defect);
        Assert.True(index.Upsert(1, [0, 0]));
        Assert.True(index.Upsert(2, [9e18f, 0]));
        Assert.All(Search(index, [-9e18f, 0], 2), found => Assert.True(float.IsFinite(found.Score)));
    }

    [Fact]
    public void Search_UnderCosine_JudgesDirectionAlone()
    {
        using var index = Create(VectorMetric.Cosine, 3);
        index.Upsert(1, [1e-20f, 0, 0]);
        index.Upsert(2, [3e25f, 3e25f, 0]);
        index.Upsert(3, [-5, 0, 0]);
        var found = Search(index, [1e30f, 0, 0], 3);
        Assert.Equal([1L, 2, 3], found.Select(f => f.Id));
        Assert.Equal([1f, 0.70710678f, -1f], found.Select(f => f.Score));
    }

    [Fact]
    public void Scores_UnderCosine_StayWithinOne()
    {
        var random = new RandomVectors(5);
        using var index = Create(VectorMetric.Cosine, 128);
        var vectors = Enumerable.Range(0, 300).Select(_ => random.Gaussian(128)).ToArray();
        for (var i = 0; i < vectors.Length; i++)
            index.Upsert(i, vectors[i]);
        foreach (var vector in vectors)
            Assert.InRange(Search(index, vector, 1)[0].Score, 0.999999f, 1f);
    }

    [Fact]
    public void Search_AmongEqualVectors_OrdersById()
    {
        using var index = Create(VectorMetric.Cosine, 2);
        foreach (var id in (long[])[5, 3, long.MaxValue, -8, 0, long.MinValue, 4])
            index.Upsert(id, [0.6f, 0.8f]);
        index.Upsert(1, [1, 0]);
        Assert.Equal([long.MinValue, -8, 0, 3], Search(index, [0.6f, 0.8f], 4).Select(f => f.Id));
        index.Remove(-8);
        Assert.Equal([long.MinValue, 0, 3, 4, 5, long.MaxValue, 1], Search(index, [0.6f, 0.8f], 100).Select(f => f.Id));
    }

    [Fact]
    public void Upsert_OfAKnownId_ReplacesItsVector()
    {
        using var index = Create(VectorMetric.SquaredL2, 2);
        Assert.True(index.Upsert(1, [0, 0]));
        Assert.True(index.Upsert(2, [1, 1]));
        Assert.False(index.Upsert(1, [5, 5]));
        Assert.Equal(2, index.Count);
        Assert.Equal([new ScoredId(2, -2), new ScoredId(1, -50)], Search(index, [0, 0], 5));
        var vector = new float[2];
        Assert.True(index.TryGetVector(1, vector));
        Assert.Equal([5f, 5f], vector);
    }

    [Fact]
    public void Remove_OfAnId_MakesItUnknown()
    {
        using var index = Create(VectorMetric.SquaredL2, 1);
        for (var i = 0; i < 10; i++)
            index.Upsert(i, [i]);
        Assert.True(index.Remove(4));
        Assert.False(index.Remove(4));
        Assert.False(index.Remove(99));
        Assert.False(index.Contains(4));
        Assert.True(index.Contains(5));
        Assert.False(index.TryGetVector(4, new float[1]));
        Assert.Equal(9, index.Count);
        Assert.Equal([3L, 5], Search(index, [4], 2).Select(f => f.Id));
    }

    [Fact]
    public void Index_EmptiedAndFilledAgain_Works()
    {
        var random = new RandomVectors(6);
        using var index = Create(VectorMetric.Cosine, 8);
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 100; i++)
                index.Upsert(i, random.Gaussian(8));
            Assert.Equal(100, Search(index, random.Gaussian(8), 100).Select(f => f.Id).Distinct().Count());
            for (var i = 0; i < 100; i++)
                Assert.True(index.Remove(i));
            Assert.Empty(Search(index, random.Gaussian(8), 100));
        }
    }

    [Fact]
    public void Search_AtAnEffortOfTheCount_OfALargeIndex_LooksAtEveryVectorOnce()
    {
        var random = new RandomVectors(13);
        using var index = Create(VectorMetric.InnerProduct, 12);
        var vectors = Enumerable.Range(0, 4_000).Select(_ => random.Gaussian(12)).ToArray();
        index.UpsertAll(Enumerable.Range(0, 4_000).Select(i => (long)i).ToArray(), vectors.SelectMany(vector => vector).ToArray());
        for (var id = 0; id < 4_000; id += 4)
            index.Remove(id);
        var results = new ScoredId[10];
        var query = random.Gaussian(12);
        index.Search(query, 10, new SearchOptions { Effort = 3_000 }, results, out var statistics);
        var left = vectors.Select((vector, i) => KeyValuePair.Create((long)i, vector)).Where(pair => pair.Key % 4 != 0);
        Assert.Equal(BruteForce(VectorMetric.InnerProduct, query, left).Take(10).Select(e => e.Id), results.Select(result => result.Id));
        Assert.InRange(statistics.DistancesComputed, 3_000, 3_010);
        Assert.Equal(Enumerable.Range(0, 4_000).Where(id => id % 4 != 0).Select(id => (long)id), index.ListIds());
    }

    [Fact]
    public void TryGetVector_UnderCosine_KeepsAUnitVectorBitForBit()
    {
        using var index = Create(VectorMetric.Cosine, 128);
        var unit = new RandomVectors(7).Unit(128);
        index.Upsert(1, unit);
        var stored = new float[128];
        Assert.True(index.TryGetVector(1, stored));
        Assert.Equal(unit, stored);
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void Load_OfASavedIndex_AnswersAlikeAndGoesOnAlike(VectorMetric metric)
    {
        var random = new RandomVectors(8);
        using var index = Create(metric, 20);
        for (var i = 0; i < 600; i++)
            index.Upsert(i % 400, random.Gaussian(20));
        for (var i = 0; i < 100; i++)
            index.Remove(i * 3);

        using var stream = new MemoryStream();
        index.Save(stream);
        stream.WriteByte(77); // what follows an index is not the index's
        stream.Position = 0;
        using var loaded = Factory.Load(stream);
        Assert.Equal(77, stream.ReadByte());

        Assert.Equal((index.Name, index.Metric, index.Dimension, index.Count), (loaded.Name, loaded.Metric, loaded.Dimension, loaded.Count));
        var more = Enumerable.Range(0, 100).Select(_ => random.Gaussian(20)).ToArray();
        foreach (var one in (IMutableVectorIndex[])[index, loaded])
        {
            for (var i = 0; i < more.Length; i++)
                one.Upsert(i * 2, more[i]);
        }
        for (var q = 0; q < 30; q++)
        {
            var query = random.Gaussian(20);
            Assert.Equal(Search(index, query, 15), Search(loaded, query, 15));
        }
    }

    [Fact]
    public void Load_OfAnEmptyIndex_IsAnEmptyIndex()
    {
        using var index = Create(VectorMetric.Cosine, 5);
        using var stream = new MemoryStream();
        index.Save(stream);
        stream.Position = 0;
        using var loaded = Factory.Load(stream);
        Assert.Equal(0, loaded.Count);
        Assert.True(loaded.Upsert(1, [1, 2, 3, 4, 5]));
    }

    [Fact]
    public void Load_WithAnyBitFlippedOrAnyByteMissing_IsRefused()
    {
        using var index = Create(VectorMetric.Cosine, 4);
        var random = new RandomVectors(9);
        for (var i = 0; i < 12; i++)
            index.Upsert(i / 2, random.Gaussian(4));
        index.Remove(3);
        using var stream = new MemoryStream();
        index.Save(stream);
        var bytes = stream.ToArray();
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << bit % 8);
            Assert.Throws<InvalidDataException>(() => Factory.Load(new MemoryStream(bytes)));
            bytes[bit / 8] ^= (byte)(1 << bit % 8);
        }
        for (var length = 0; length < bytes.Length; length++)
            Assert.Throws<InvalidDataException>(() => Factory.Load(new MemoryStream(bytes, 0, length)));
    }

    [Fact]
    public void Search_OnceWarm_AllocatesNothing()
    {
        var random = new RandomVectors(10);
        using var index = Create(VectorMetric.Cosine, 64);
        for (var i = 0; i < 2_000; i++)
            index.Upsert(i, random.Gaussian(64));
        var results = new ScoredId[20];
        var queries = Enumerable.Range(0, 50).Select(_ => random.Gaussian(64)).ToArray();
        foreach (var query in queries)
            index.Search(query, 20, default, results, out _);

        Assert.Equal(0, Allocations.Of(() =>
        {
            foreach (var query in queries)
                index.Search(query, 20, default, results, out _);
        }));
    }

    [Fact]
    public void Describe_OfAnyContents_CountsThemAndItsMemory()
    {
        var random = new RandomVectors(11);
        using var index = Create(VectorMetric.Cosine, 64);
        Assert.Equal((0, 0), (index.Describe().Count, index.Describe().Vectors));
        var vectors = random.Clustered(3_000, 64, clusters: 30);
        for (var i = 0; i < vectors.Length; i++)
            index.Upsert(i, vectors[i]);
        for (var i = 0; i < vectors.Length; i += 10)
            index.Remove(i);

        var description = index.Describe();
        Assert.Equal((index.Name, index.Metric, 64), (description.Kind, description.Shape.Metric, description.Shape.Dimension));
        Assert.Equal((2_700, 2_700), (description.Count, description.Vectors));
        Assert.True(description.BuildTime > TimeSpan.Zero);
        Assert.True(description.Memory.Vectors >= 2_700 * 64 * sizeof(float));
        Assert.True(description.Memory.Ids >= 2_700 * sizeof(long));
        // Each part of the structure holds each vector, or is a level that some have.
        Assert.All(description.Structure, histogram => Assert.True(histogram.Things > 0 && histogram.Mean > 0 && histogram.Quantile(1) == histogram.Most));
    }

    [Fact]
    public void Describe_OfALargeIndex_AgreesWithAWalkThroughItsArrays()
    {
        var vectors = new RandomVectors(12).Clustered(12_000, 64, clusters: 100);
        using var index = Create(VectorMetric.SquaredL2, 64);
        index.UpsertAll(Enumerable.Range(0, 12_000).Select(i => (long)i * 3).ToArray(), vectors.SelectMany(vector => vector).ToArray());
        // What is held beyond it is scratch of writers and searches.
        var held = HeldMemory.ArraysOf(index);
        Assert.InRange(index.Describe().Memory.Total, held * 0.8, held * 1.01);
    }

    [Fact]
    public async Task Search_WhileAnotherThreadWrites_SeesEachWriteWholeAndEveryIdOnce()
    {
        // Even ids stay, odd ones come and go. The vector of an id always has the id in its direction, so a torn or mixed-up read shows as a wrong score.
        const int ids = 400;
        using var index = Create(VectorMetric.SquaredL2, 16);
        for (var id = 0; id < ids; id += 2)
            index.Upsert(id, VectorOf(id, 0));
        using var stop = new CancellationTokenSource();
        var searches = 0;
        var writer = Task.Run(() =>
        {
            // On a busy machine the writer may be done before the first search.
            for (var turn = 0; turn < 12 || Volatile.Read(ref searches) < 20; turn++)
            {
                var round = turn % 12 + 1;
                for (var id = 1; id < ids; id += 2)
                    index.Upsert(id, VectorOf(id, round));
                for (var id = 0; id < ids; id += 2)
                    index.Upsert(id, VectorOf(id, round));
                for (var id = 1; id < ids; id += 2)
                    index.Remove(id);
            }
            stop.Cancel();
        }, TestContext.Current.CancellationToken);
        while (!stop.IsCancellationRequested)
        {
            var target = Interlocked.Increment(ref searches) * 2 % ids;
            var found = Search(index, VectorOf(target, 0), ids, effort: ids);
            Assert.Equal(found.Length, found.Select(f => f.Id).Distinct().Count());
            foreach (var (id, score) in found)
            {
                // Squared distance between two vectors of this family: 8 (Δid)² + round, round at most 12.
                var expected = -8f * (id - target) * (id - target);
                Assert.InRange(score, expected - 12.1f, expected);
            }
            Assert.Equal(ids / 2, found.Count(f => f.Id % 2 == 0));
        }
        await writer;

        static float[] VectorOf(int id, int round)
        {
            var vector = new float[16];
            vector.AsSpan(0, 8).Fill(id);
            vector[8 + round % 8] = (float)Math.Sqrt(round);
            return vector;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void SearchAll_FindsForEachQueryWhatSearchFinds(int threads)
    {
        var vectors = new RandomVectors(14).Clustered(1_500, 20, clusters: 40);
        using var index = Create(VectorMetric.Cosine, 20);
        index.UpsertAll(Enumerable.Range(0, 1_400).Select(i => (long)i).ToArray(), vectors[..1_400].SelectMany(vector => vector).ToArray());
        AssertSearchAll(index, vectors[1_400..], 10, threads);
        AssertSearchAll(index, vectors[1_400..], 10, threads, IdFilter.Where(id => id % 3 == 0));
        AssertSearchAll(index, vectors[1_400..1_410], 2_000, threads);
        AssertSearchAll(index, vectors[1_400..1_401], 10, threads);
        AssertSearchAll(index, [], 10, threads);
    }

    [Fact]
    public void SearchAll_OfAnEmptyIndex_FindsNothing()
    {
        using var index = Create(VectorMetric.SquaredL2, 3);
        int[] counts = [7, 7, 7, 7, 7, 7, 7, 7, 7, 7];
        index.SearchAll(new float[30], 2, default, new ScoredId[20], counts, out var statistics);
        Assert.All(counts, count => Assert.Equal(0, count));
        Assert.Equal(0, statistics.DistancesComputed);
    }

    [Fact]
    public void SearchAll_OfBadInput_IsRefusedBeforeAnythingIsSearched()
    {
        using var index = Create(VectorMetric.Cosine, 2);
        index.Upsert(1, [1, 0]);
        var results = new ScoredId[30];
        var counts = new int[10];
        void SearchAll(float[] queries, int k = 3) => index.SearchAll(queries, k, default, results, counts, out _);
        Assert.Throws<ArgumentException>(() => SearchAll([1, 2, 3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => SearchAll([1, 2], k: 0));
        Assert.Throws<ArgumentException>(() => SearchAll([1, 2], k: 31));
        Assert.Throws<ArgumentException>(() => SearchAll(Enumerable.Repeat(1f, 22).ToArray(), k: 1));
        var error = Assert.Throws<InvalidVectorException>(() => SearchAll([.. Enumerable.Repeat(1f, 14), 0, 0]));
        Assert.Equal(VectorDefect.ZeroLength, error.Defect);
        Assert.Contains("Query 7", error.Message, StringComparison.Ordinal);
        Assert.All(counts, count => Assert.Equal(0, count));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SearchOptions { Threads = -1 });
        Assert.Equal(1, default(SearchOptions).Threads);
    }

    protected static void AssertSearchAll(IVectorIndex index, float[][] queries, int k, int threads, IdFilter? filter = null)
    {
        var options = new SearchOptions { Threads = threads, Filter = filter };
        var (results, counts, alone) = (new ScoredId[queries.Length * k], new int[queries.Length], new ScoredId[k]);
        index.SearchAll(queries.SelectMany(query => query).ToArray(), k, options, results, counts, out _);
        for (var q = 0; q < queries.Length; q++)
        {
            var found = index.Search(queries[q], k, options with { Threads = 1 }, alone, out _);
            Assert.Equal(alone[..found], results[(q * k)..(q * k + counts[q])]);
        }
    }

    protected IMutableVectorIndex Create(VectorMetric metric, int dimension) => Factory.Create(new IndexShape(metric, dimension));

    protected static ScoredId[] Search(IVectorIndex index, float[] query, int k, int effort = 0, int? room = null)
    {
        var results = new ScoredId[room ?? k];
        var found = index.Search(query, k, new SearchOptions { Effort = effort }, results, out _);
        return results[..found];
    }

    protected static IEnumerable<ScoredId> BruteForce(VectorMetric metric, float[] query, IEnumerable<KeyValuePair<long, float[]>> vectors) =>
        vectors.Select(pair => new ScoredId(pair.Key, (float)Score(metric, query, pair.Value))).Order();

    private static double Score(VectorMetric metric, float[] a, float[] b)
    {
        var dot = a.Zip(b, (x, y) => (double)x * y).Sum();
        return metric switch
        {
            VectorMetric.Cosine => dot / Math.Sqrt(a.Sum(x => (double)x * x) * b.Sum(x => (double)x * x)),
            VectorMetric.InnerProduct => dot,
            _ => -a.Zip(b, (x, y) => ((double)x - y) * ((double)x - y)).Sum(),
        };
    }
}
