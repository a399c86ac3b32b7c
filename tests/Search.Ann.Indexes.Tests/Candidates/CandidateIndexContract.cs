using Search.Ann.Indexes.Candidates;
using Search.Ann.Indexes.Exact;
using Search.Ann.Indexes.Metrics;
using Search.Testing.Vectors;
using Search.Vectors;

namespace Search.Ann.Indexes.Tests.Candidates;

/// <summary>What the indexes that propose candidates promise beyond <see cref="VectorIndexContract"/>, at efforts far below their size.</summary>
public abstract class CandidateIndexContract : VectorIndexContract
{
    /// <summary>Another index of this kind than <see cref="VectorIndexContract.Factory"/> makes, by its seed alone.</summary>
    protected abstract IVectorIndexFactory FactoryOf(ulong seed);

    /// <summary>Checks all that must hold between two writes.</summary>
    protected abstract void CheckInvariants(IVectorIndex index);

    [Theory]
    [MemberData(nameof(Metrics))]
    public void Search_AtASmallEffort_FindsNearlyAllAndLooksAtFew(VectorMetric metric)
    {
        var random = new RandomVectors(60);
        using var index = Create(metric, 32);
        using var exact = new ExactIndexFactory().Create(index.Shape());
        var all = Stretched(random.Clustered(6_100, 32, clusters: 80));
        var (vectors, queries) = (all[..6_000], all[6_000..]);
        Fill(index, vectors);
        Fill(exact, vectors);
        CheckInvariants(index);
        // A tenth of the points; a random tenth would give a recall of 0.1.
        var recall = Recall(index, exact, queries, 10, effort: 600);
        Assert.True(recall >= 0.9, $"recall {recall}");
        index.Search(queries[0], 10, new SearchOptions { Effort = 600 }, new ScoredId[10], out var statistics);
        Assert.InRange(statistics.DistancesComputed, 600, 1_800);
        Assert.True(statistics.NodesVisited > 0);

        // Lengths between 0.5 and 1.5, so that inner product and distance disagree with the angle.
        static float[][] Stretched(float[][] vectors) => [.. vectors.Select((vector, i) => Array.ConvertAll(vector, x => x * (0.5f + i % 11 / 10f)))];
    }

    [Theory]
    [InlineData(5)]
    [InlineData(25)]
    public void Search_WithDuplicatesAmongThePoints_FindsEveryPointByItself(int duplicatePercent)
    {
        var random = new RandomVectors(61 + duplicatePercent);
        var vectors = random.Clustered(4_000, 24, clusters: 60);
        for (var i = 0; i < vectors.Length * duplicatePercent / 100; i++)
            vectors[i * 7 % vectors.Length] = vectors[i % 40]; // forty pictures, each uploaded many times
        using var index = Create(VectorMetric.Cosine, 24);
        Fill(index, vectors);
        CheckInvariants(index);
        // A point is in its own leaf or bucket everywhere, so it is among the first candidates.
        Assert.All(vectors, vector => Assert.InRange(Search(index, vector, 1, effort: 50)[0].Score, 0.99999f, 1f));
    }

    [Fact]
    public void Search_OfEqualVectorsAlone_FindsThemBySmallestId()
    {
        using var index = Create(VectorMetric.SquaredL2, 3);
        for (var id = 5_000; id > 0; id--)
            index.Upsert(id, [1, 2, 3]);
        CheckInvariants(index);
        Assert.Equal([1L, 2, 3], Search(index, [3, 2, 1], 3, effort: 10).Select(found => found.Id));
    }

    [Fact]
    public void Search_OfVectorsThatRoundingMakesInseparable_StillFindsEnough()
    {
        // All on one ray and equal but for the last bits: no plane lies between most of them.
        using var index = Create(VectorMetric.Cosine, 2);
        for (var id = 0; id < 3_000; id++)
            index.Upsert(id, [BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(0.6f) + id % 60), BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(0.8f) + id / 60)]);
        CheckInvariants(index);
        Assert.Equal(40, Search(index, [0.6f, 0.8f], 40, effort: 100).Select(found => found.Id).Distinct().Count());
        for (var id = 0; id < 3_000; id++)
        {
            Assert.True(index.Remove(id));
            // What is dealt to the sides of a plane by number is found by any.
            if (id % 1_000 == 600) index.Compact();
        }
        CheckInvariants(index);
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void Recall_AfterReplacingAndRemovingMost_IsAsGoodAsAfterABuild(VectorMetric metric)
    {
        var random = new RandomVectors(62);
        using var index = Create(metric, 24);
        using var exact = new ExactIndexFactory().Create(index.Shape());
        var vectors = random.Clustered(6_000, 24, clusters: 40);
        Fill(index, vectors);
        Fill(exact, vectors);
        // Every vector is replaced by one from elsewhere, then two thirds are removed.
        var replacements = random.Clustered(6_100, 24, clusters: 25);
        for (var id = 0; id < 6_000; id++)
        {
            Assert.False(index.Upsert(id, replacements[id]));
            Assert.False(exact.Upsert(id, replacements[id]));
        }
        for (var id = 0; id < 6_000; id++)
        {
            if (id % 3 != 0) Assert.Equal(exact.Remove(id), index.Remove(id));
        }
        CheckInvariants(index);
        var recall = Recall(index, exact, replacements[6_000..], 10, effort: 300);
        Assert.True(recall >= 0.9, $"recall {recall}");
    }

    [Fact]
    public void Points_ThatComeInOrder_AreFoundAsFast()
    {
        // A line: what comes last is always at one end.
        using var index = Create(VectorMetric.SquaredL2, 4);
        for (var i = 0; i < 20_000; i++)
            index.Upsert(i, [i, 0.01f * (i % 7), -i, 1]);
        CheckInvariants(index);
        foreach (var at in (int[])[0, 7_777, 19_990])
        {
            var found = index.Search([at, 0, -at, 1], 5, new SearchOptions { Effort = 200 }, new ScoredId[5], out var statistics);
            Assert.Equal(5, found);
            Assert.InRange(statistics.NodesVisited, 1, 1_500);
        }
    }

    [Fact]
    public void SameSeedAndWrites_MakeTheSameFile_AndAnotherSeedAnother()
    {
        var vectors = new RandomVectors(63).Clustered(3_000, 16, clusters: 10);
        byte[] Saved(ulong seed)
        {
            using var index = FactoryOf(seed).Create(new IndexShape(VectorMetric.Cosine, 16));
            Fill(index, vectors);
            for (var id = 0; id < vectors.Length; id += 5)
                index.Remove(id);
            using var stream = new MemoryStream();
            index.Save(stream);
            return stream.ToArray();
        }
        Assert.Equal(Saved(1), Saved(1));
        Assert.NotEqual(Saved(1), Saved(2));
    }

    [Fact]
    public void Load_OfALargeIndex_GoesOnAlikeAtASmallEffort()
    {
        var random = new RandomVectors(64);
        using var index = Create(VectorMetric.Cosine, 16);
        Fill(index, random.Clustered(3_000, 16, clusters: 10));
        for (var id = 0; id < 3_000; id += 3)
            index.Remove(id);
        using var stream = new MemoryStream();
        index.Save(stream);
        stream.Position = 0;
        using var loaded = Factory.Load(stream);
        var more = random.Clustered(2_500, 16, clusters: 10);
        foreach (var one in (IMutableVectorIndex[])[index, loaded])
        {
            for (var i = 0; i < more.Length; i++)
                one.Upsert(i * 2, more[i]);
            CheckInvariants(one);
        }
        foreach (var query in random.Clustered(50, 16, clusters: 10))
            Assert.Equal(Search(index, query, 15, effort: 100), Search(loaded, query, 15, effort: 100));
    }

    [Fact]
    public void Load_OfALargeIndexDamagedAnywhere_IsRefused()
    {
        var random = new Random(65);
        using var index = Create(VectorMetric.InnerProduct, 3);
        Fill(index, new RandomVectors(65).Clustered(2_000, 3, clusters: 10, spread: 2));
        for (var id = 0; id < 1_000; id += 2)
            index.Remove(id);
        using var stream = new MemoryStream();
        index.Save(stream);
        var bytes = stream.ToArray();
        for (var i = 0; i < 400; i++)
        {
            var (at, bit) = (random.Next(bytes.Length), (byte)(1 << random.Next(8)));
            bytes[at] ^= bit;
            Assert.Throws<InvalidDataException>(() => Factory.Load(new MemoryStream(bytes)));
            bytes[at] ^= bit;
            Assert.Throws<InvalidDataException>(() => Factory.Load(new MemoryStream(bytes, 0, at)));
        }
        using var loaded = Factory.Load(new MemoryStream(bytes));
        Assert.Equal(index.Count, loaded.Count);
    }

    [Fact]
    public async Task Search_AtASmallEffortWhileAnotherThreadWrites_NeverMissesWhatStays()
    {
        // Those that stay are alone where they are, the others come and go in between.
        const int staying = 2_000;
        var random = new RandomVectors(66);
        var vectors = random.Clustered(staying, 16, clusters: 20);
        using var index = Create(VectorMetric.Cosine, 16);
        Fill(index, vectors);
        var coming = random.Clustered(1_500, 16, clusters: 20);
        using var stop = new CancellationTokenSource();
        var writer = Task.Run(() =>
        {
            for (var round = 0; round < 4; round++)
            {
                for (var i = 0; i < coming.Length; i++)
                    index.Upsert(staying + (i + 37 * round) % coming.Length, coming[i]);
                for (var i = 0; i < coming.Length; i++)
                    index.Remove(staying + i);
                index.Compact();
                index.UpsertAll(Enumerable.Range(staying, coming.Length).Select(i => (long)i).ToArray(), coming.SelectMany(v => v).ToArray());
            }
            stop.Cancel();
        }, TestContext.Current.CancellationToken);
        var searches = 0;
        do
        {
            var target = searches++ * 7 % staying;
            var found = Search(index, vectors[target], 5, effort: 60);
            Assert.Equal(5, found.Select(f => f.Id).Distinct().Count());
            Assert.Equal(target, found[0].Id);
        }
        while (!stop.IsCancellationRequested);
        await writer;
        CheckInvariants(index);
    }

    private protected static (SlotTable Table, ICandidateSource Source) Parts(IVectorIndex index) => index switch
    {
        CandidateIndex<CosineMetric> cosine => cosine.Parts,
        CandidateIndex<InnerProductMetric> product => product.Parts,
        CandidateIndex<SquaredL2Metric> l2 => l2.Parts,
        _ => throw new ArgumentException("Another kind of index.", nameof(index)),
    };

    protected static void Fill(IMutableVectorIndex index, float[][] vectors)
    {
        for (var i = 0; i < vectors.Length; i++)
            index.Upsert(i, vectors[i]);
    }

    // A result counts when its score reaches the true k-th score: among equal vectors any is as good.
    private static double Recall(IVectorIndex index, IVectorIndex exact, float[][] queries, int k, int effort) => queries.Average(query =>
    {
        var worst = Search(exact, query, k)[^1].Score;
        return Search(index, query, k, effort).Count(found => found.Score >= worst) / (double)k;
    });
}

file static class Shapes
{
    public static IndexShape Shape(this IVectorIndex index) => new(index.Metric, index.Dimension);
}
