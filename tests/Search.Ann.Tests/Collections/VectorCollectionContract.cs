using Search.Ann.Collections;
using Search.Ann.Indexes;
using Search.Contracts;
using Search.Contracts.Messages;
using Search.Testing.Vectors;

namespace Search.Ann.Tests.Collections;

/// <summary>
/// What every engine's collections promise. Inherit it, say how a collection is made and opened again, and the engine is held to it. Each test
/// has a collection of its own.
/// </summary>
public abstract class VectorCollectionContract
{
    private const int Dimension = 16;

    protected static readonly EmbeddingModelId Model = EmbeddingModelId.Create("contract", "1.0.0", "00112233aabbccdd");
    protected static readonly EmbeddingModelId OtherModel = EmbeddingModelId.Create("contract", "1.0.1", "00112233aabbccdd");

    private readonly RandomVectors _random = new(1);

    /// <summary>A new, empty collection.</summary>
    protected abstract Task<IVectorCollection> CreateAsync(EmbeddingModelId model, int dimension);

    /// <summary>Closes the collection and opens what it has stored.</summary>
    protected abstract Task<IVectorCollection> ReopenAsync(IVectorCollection collection);

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Search_OfAnEmptyCollection_FindsNothing()
    {
        await using var collection = await CreateAsync(Model, Dimension);
        var found = await SearchAsync(collection, _random.Unit(Dimension), 10);
        Assert.Empty(found.Neighbours);
        Assert.True(found.Exhausted);
        Assert.Equal(0, collection.Count);
        Assert.Null(await collection.GetAsync(Model, "a/0", Cancellation));
        Assert.Empty(await collection.GetItemAsync(Model, "a", Cancellation));
    }

    [Fact]
    public async Task ReadAll_GivesEveryEntryOnce_AsItIsStored()
    {
        await using var first = await CreateAsync(Model, Dimension);
        var entries = Entries(50);
        await UpsertAsync(first, entries);
        var replaced = entries[7] with { Revision = 2, Vector = _random.Unit(Dimension) };
        await UpsertAsync(first, [replaced]);
        await first.RemoveAsync([new VectorRemoval(entries[9].Key, 1)], Cancellation);
        VectorEntry[] expected = [.. entries.Where((_, i) => i is not (7 or 9)), replaced];

        AssertSameEntries(expected, await first.ReadAllAsync(Model, Cancellation).ToListAsync(Cancellation));
        await using var reopened = await ReopenAsync(first);
        AssertSameEntries(expected, await reopened.ReadAllAsync(Model, Cancellation).ToListAsync(Cancellation));
        await Assert.ThrowsAsync<WrongModelException>(async () => await reopened.ReadAllAsync(OtherModel, Cancellation).ToListAsync(Cancellation));

        static void AssertSameEntries(VectorEntry[] expected, List<VectorEntry> all)
        {
            var byKey = all.ToDictionary(entry => entry.Key);
            Assert.Equal(expected.Select(entry => entry.Key).Order(), byKey.Keys.Order());
            foreach (var entry in expected)
            {
                Assert.Equal(entry.Revision, byKey[entry.Key].Revision);
                AssertSame(entry.Vector, byKey[entry.Key].Vector);
            }
        }
    }

    [Fact]
    public async Task Search_AfterUpserts_EqualsBruteForceWithExactCosines()
    {
        await using var collection = await CreateAsync(Model, Dimension);
        var entries = Entries(120);
        await UpsertAsync(collection, entries);
        for (var q = 0; q < 10; q++)
        {
            var query = _random.Gaussian(Dimension); // of any length
            var expected = entries
                .Select(entry => (entry.Key, Score: Cosine(query, entry.Vector)))
                .OrderByDescending(pair => pair.Score).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(15).ToList();
            var found = await SearchAsync(collection, query, 15);
            Assert.Equal(expected.Select(e => e.Key), found.Neighbours.Select(n => n.ImageKey));
            Assert.All(expected.Zip(found.Neighbours), pair => Assert.Equal(pair.First.Score, pair.Second.Score, 1e-6));
            Assert.False(found.Exhausted);
            Assert.True(found.DistancesComputed > 0);
        }
    }

    [Fact]
    public async Task Scores_StayWithinOne()
    {
        await using var collection = await CreateAsync(Model, Dimension);
        var entries = Entries(200);
        await UpsertAsync(collection, entries);
        foreach (var entry in entries)
        {
            var found = await SearchAsync(collection, entry.Vector, collection.Count);
            Assert.All(found.Neighbours, neighbour => Assert.InRange(neighbour.Score, -1f, 1f));
            Assert.Equal(entry.Key, found.Neighbours[0].ImageKey);
        }
    }

    [Fact]
    public async Task Search_ForMoreThanThereAre_FindsAllAndSaysSo()
    {
        await using var collection = await CreateAsync(Model, Dimension);
        await UpsertAsync(collection, Entries(30));
        foreach (var k in (int[])[30, 31, 5_000, int.MaxValue])
        {
            var found = await SearchAsync(collection, _random.Unit(Dimension), k);
            Assert.Equal(30, found.Neighbours.Select(n => n.ImageKey).Distinct().Count());
            Assert.True(found.Exhausted);
        }
        Assert.False((await SearchAsync(collection, _random.Unit(Dimension), 29)).Exhausted);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public async Task Search_ForNoneOrFewer_IsRefused(int k)
    {
        await using var collection = await CreateAsync(Model, Dimension);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => SearchAsync(collection, _random.Unit(Dimension), k));
    }

    [Fact]
    public async Task Ties_AreInOrdinalOrderOfTheKey_AlsoAtTheCut()
    {
        await using var collection = await CreateAsync(Model, Dimension);
        var vector = _random.Unit(Dimension);
        // Stored in an order that is not the answer's; "Z" sorts before "a" ordinally, "a/10" before "a/2".
        string[] keys = ["b/0", "a/2", "Z/0", "a/10", "a/0", .. Enumerable.Range(0, 60).Reverse().Select(i => $"m{i:D2}/0")];
        await UpsertAsync(collection, [.. keys.Select(key => new VectorEntry(key, 1, vector)), .. Entries(20, "other")]);
        string[] expected = ["Z/0", "a/0", "a/10", "a/2", "b/0", "m00/0", "m01/0"];
        for (var k = 1; k <= expected.Length; k++)
        {
            var found = await SearchAsync(collection, vector, k);
            Assert.Equal(expected.Take(k), found.Neighbours.Select(n => n.ImageKey));
        }
    }

    [Fact]
    public async Task Upsert_OfAKnownKey_ReplacesItsVector()
    {
        await using var collection = await CreateAsync(Model, Dimension);
        var (before, after) = (_random.Unit(Dimension), _random.Unit(Dimension));
        await UpsertAsync(collection, [new VectorEntry("a/0", 1, before), .. Entries(10, "other")]);
        Assert.Equal([UpsertOutcome.Stored], await UpsertAsync(collection, [new VectorEntry("a/0", 2, after)]));
        Assert.Equal(11, collection.Count);
        var stored = await collection.GetAsync(Model, "a/0", Cancellation);
        Assert.Equal(2, stored!.Revision);
        AssertSame(after, stored.Vector);
        Assert.Equal("a/0", (await SearchAsync(collection, after, 1)).Neighbours[0].ImageKey);
        Assert.NotEqual(1f, (await SearchAsync(collection, before, 1)).Neighbours[0].Score, 1e-3f);
    }

    [Fact]
    public async Task Upsert_OfAnOlderRevision_IsIgnored_AndOfTheSameIsTaken()
    {
        await using var collection = await CreateAsync(Model, Dimension);
        var vectors = Enumerable.Range(0, 4).Select(_ => _random.Unit(Dimension)).ToArray();
        await UpsertAsync(collection, [new VectorEntry("a/0", 5, vectors[0])]);
        Assert.Equal([UpsertOutcome.Stale], await UpsertAsync(collection, [new VectorEntry("a/0", 4, vectors[1])]));
        AssertSame(vectors[0], (await collection.GetAsync(Model, "a/0", Cancellation))!.Vector);
        Assert.Equal([UpsertOutcome.Stored], await UpsertAsync(collection, [new VectorEntry("a/0", 5, vectors[2])]));
        AssertSame(vectors[2], (await collection.GetAsync(Model, "a/0", Cancellation))!.Vector);
        // Delivered twice: nothing changes, and it counts as stored.
        Assert.Equal([UpsertOutcome.Stored], await UpsertAsync(collection, [new VectorEntry("a/0", 5, vectors[2])]));
        Assert.Equal(1, collection.Count);
    }

    [Fact]
    public async Task Upsert_OfOneKeyTwiceInABatch_KeepsTheNewestThenTheLatest()
    {
        await using var collection = await CreateAsync(Model, Dimension);
        var vectors = Enumerable.Range(0, 4).Select(_ => _random.Unit(Dimension)).ToArray();
        var outcomes = await UpsertAsync(collection,
            [new VectorEntry("a/0", 2, vectors[0]), new VectorEntry("a/0", 3, vectors[1]), new VectorEntry("a/0", 1, vectors[2]), new VectorEntry("a/0", 3, vectors[3])]);
        Assert.Equal(UpsertOutcome.Stale, outcomes[2]);
        Assert.Equal(UpsertOutcome.Stored, outcomes[3]);
        AssertSame(vectors[3], (await collection.GetAsync(Model, "a/0", Cancellation))!.Vector);
        Assert.Equal(1, collection.Count);
    }

    [Fact]
    public async Task Remove_TakesOnlyWhatIsNotNewer()
    {
        await using var collection = await CreateAsync(Model, Dimension);
        var vector = _random.Unit(Dimension);
        await UpsertAsync(collection, [new VectorEntry("a/0", 5, vector), new VectorEntry("a/1", 6, vector), new VectorEntry("a/2", 7, vector)]);
        Assert.Equal(2, await collection.RemoveAsync([new("a/0", 6), new("a/1", 6), new("a/2", 6), new("none/0", 6), new("a/0", 6)], Cancellation));
        Assert.Equal(["a/2"], (await SearchAsync(collection, vector, 10)).Neighbours.Select(n => n.ImageKey));
        Assert.Null(await collection.GetAsync(Model, "a/0", Cancellation));
        Assert.Equal(0, await collection.RemoveAsync([], Cancellation));
        Assert.Equal(1, await collection.RemoveAsync([new("a/2", long.MaxValue)], Cancellation));
        Assert.Equal(0, collection.Count);
    }

    [Fact]
    public async Task RemoveItem_TakesAllPicturesOfThatItemAndNoOther()
    {
        await using var collection = await CreateAsync(Model, Dimension);
        await UpsertAsync(collection,
            [.. ((string[])["ring/0", "ring/1", "ring/12", "ring-2/0", "rin/0", "Ring/0"]).Select(key => new VectorEntry(key, 3, _random.Unit(Dimension))), new VectorEntry("ring/2", 9, _random.Unit(Dimension))]);
        Assert.Equal(3, await collection.RemoveItemAsync("ring", 3, Cancellation));
        Assert.Equal(0, await collection.RemoveItemAsync("ring", 3, Cancellation));
        var left = (await SearchAsync(collection, _random.Unit(Dimension), 10)).Neighbours.Select(n => n.ImageKey).Order(StringComparer.Ordinal);
        Assert.Equal(["Ring/0", "rin/0", "ring-2/0", "ring/2"], left);
    }

    [Fact]
    public async Task GetItem_GivesItsPicturesInOrderOfTheirNumbers()
    {
        await using var collection = await CreateAsync(Model, Dimension);
        var entries = ((string[])["a/10", "a/2", "b/0", "a/0"]).Select(key => new VectorEntry(key, 1, _random.Unit(Dimension))).ToArray();
        await UpsertAsync(collection, entries);
        var item = await collection.GetItemAsync(Model, "a", Cancellation);
        Assert.Equal(["a/0", "a/2", "a/10"], item.Select(entry => entry.Key));
        AssertSame(entries[0].Vector, item[2].Vector);
    }

    [Fact]
    public async Task AnyOperation_WithAnotherModel_IsRefusedAndChangesNothing()
    {
        await using var collection = await CreateAsync(Model, Dimension);
        await UpsertAsync(collection, Entries(3));
        var error = await Assert.ThrowsAsync<WrongModelException>(() => collection.UpsertAsync(OtherModel, Entries(1, "new"), Cancellation));
        Assert.Equal((Model, OtherModel), (error.Expected, error.Actual));
        await Assert.ThrowsAsync<WrongModelException>(async () => await collection.SearchAsync(OtherModel, _random.Unit(Dimension), 1, Cancellation));
        await Assert.ThrowsAsync<WrongModelException>(async () => await collection.GetAsync(default, "e0/0", Cancellation));
        await Assert.ThrowsAsync<WrongModelException>(async () => await collection.GetItemAsync(OtherModel, "e0", Cancellation));
        Assert.Equal(3, collection.Count);
    }

    public static TheoryData<VectorDefect, float[]> DefectiveVectors => new()
    {
        { VectorDefect.WrongDimension, [] },
        { VectorDefect.WrongDimension, One(Dimension - 1, 0, 1) },
        { VectorDefect.WrongDimension, One(Dimension + 1, 0, 1) },
        { VectorDefect.NotFinite, One(Dimension, 3, float.NaN) },
        { VectorDefect.NotFinite, One(Dimension, 15, float.NegativeInfinity) },
        { VectorDefect.NotUnitLength, One(Dimension, 0, 0) },
        { VectorDefect.NotUnitLength, One(Dimension, 0, 1.01f) },
    };

    [Theory]
    [MemberData(nameof(DefectiveVectors))]
    public async Task Upsert_OfABatchWithADefectiveVector_IsRefusedWhole(VectorDefect defect, float[] vector)
    {
        await using var collection = await CreateAsync(Model, Dimension);
        await UpsertAsync(collection, Entries(3));
        var error = await Assert.ThrowsAsync<InvalidVectorException>(() => UpsertAsync(collection, [.. Entries(5, "new"), new VectorEntry("bad/0", 1, vector)]));
        Assert.Equal(defect, error.Defect);
        Assert.Equal(3, collection.Count);
        if (defect != VectorDefect.NotUnitLength || vector.All(component => component == 0))
            await Assert.ThrowsAsync<InvalidVectorException>(() => SearchAsync(collection, vector, 1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no-number")]
    [InlineData("a/")]
    [InlineData("a/-1")]
    [InlineData("/0")]
    public async Task Upsert_OfAKeyThatIsNone_IsRefused(string key)
    {
        await using var collection = await CreateAsync(Model, Dimension);
        await Assert.ThrowsAsync<FormatException>(() => UpsertAsync(collection, [.. Entries(2), new VectorEntry(key, 1, _random.Unit(Dimension))]));
        Assert.Equal(0, collection.Count);
    }

    [Fact]
    public async Task Reopened_ACollectionHoldsWhatItHeldAndAnswersAlike()
    {
        var collection = await CreateAsync(Model, Dimension);
        var entries = Entries(150);
        await UpsertAsync(collection, entries);
        await UpsertAsync(collection, [.. entries.Take(50).Select(entry => entry with { Revision = 2, Vector = _random.Unit(Dimension) })]);
        await collection.RemoveAsync([.. entries.Skip(100).Select(entry => new VectorRemoval(entry.Key, 1))], Cancellation);
        var queries = Enumerable.Range(0, 10).Select(_ => _random.Unit(Dimension)).ToArray();
        var answers = await AnswersAsync(collection, queries);

        for (var restart = 0; restart < 3; restart++)
        {
            collection = await ReopenAsync(collection);
            Assert.Equal((Model, Dimension, 100), (collection.Model, collection.Dimension, collection.Count));
            Assert.Equal(answers, await AnswersAsync(collection, queries));
            Assert.Equal([UpsertOutcome.Stale], await UpsertAsync(collection, [entries[0]]));
            Assert.Equal(2, (await collection.GetAsync(Model, entries[0].Key, Cancellation))!.Revision);
        }
        await collection.DisposeAsync();
    }

    [Fact]
    public async Task Search_WhileWritersWrite_SeesEveryPictureThatStaysOnceAndWithItsOwnVector()
    {
        await using var collection = await CreateAsync(Model, Dimension);
        var stay = Entries(100, "stay");
        await UpsertAsync(collection, stay);
        var writers = Enumerable.Range(0, 3).Select(w => Task.Run(async () =>
        {
            var random = new RandomVectors(100 + w);
            for (var round = 1; round <= 15; round++)
            {
                var entries = Enumerable.Range(0, 10).Select(i => new VectorEntry($"w{w}-{i}/0", round, random.Unit(Dimension))).ToArray();
                await UpsertAsync(collection, entries);
                await collection.RemoveAsync([.. entries.Take(5).Select(entry => new VectorRemoval(entry.Key, round))], Cancellation);
            }
        }, Cancellation)).ToArray();
        var all = Task.WhenAll(writers);
        do
        {
            var query = _random.Unit(Dimension);
            var found = (await SearchAsync(collection, query, 1_000)).Neighbours;
            Assert.Equal(found.Length, found.Select(n => n.ImageKey).Distinct().Count());
            var scores = found.ToDictionary(n => n.ImageKey, n => n.Score);
            Assert.All(stay, entry => Assert.Equal(Cosine(query, entry.Vector), scores[entry.Key], 1e-6));
        }
        while (!all.IsCompleted);
        await all;
        Assert.Equal(100 + 3 * 5, collection.Count);
    }

    protected static async Task<IReadOnlyList<UpsertOutcome>> UpsertAsync(IVectorCollection collection, VectorEntry[] entries) =>
        await collection.UpsertAsync(Model, entries, Cancellation);

    protected static async Task<NeighboursFound> SearchAsync(IVectorCollection collection, float[] vector, int k) =>
        await collection.SearchAsync(Model, vector, k, Cancellation);

    protected static async Task<Neighbour[]> AnswersAsync(IVectorCollection collection, float[][] queries)
    {
        var answers = new List<Neighbour>();
        foreach (var query in queries)
            answers.AddRange((await SearchAsync(collection, query, 10)).Neighbours);
        return [.. answers];
    }

    protected VectorEntry[] Entries(int count, string name = "e") =>
        [.. Enumerable.Range(0, count).Select(i => new VectorEntry($"{name}{i}/0", 1, _random.Unit(Dimension)))];

    private static double Cosine(float[] a, float[] b)
    {
        var dot = a.Zip(b, (x, y) => (double)x * y).Sum();
        return dot / Math.Sqrt(a.Sum(x => (double)x * x) * b.Sum(x => (double)x * x));
    }

    private static float[] One(int dimension, int at, float value)
    {
        var vector = new float[dimension];
        vector[at] = value;
        return vector;
    }

    // Engines may round a vector as they normalise it.
    private static void AssertSame(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-6f);
    }
}
