using System.Diagnostics;
using Search.Ann.Collections;
using Search.Ann.Indexes.Exact;
using Search.Ann.Indexes.Hnsw;
using Search.Ann.Indexes.Lsh;
using Search.Ann.Indexes.Tree;
using Search.Ann.Local;
using Search.Contracts;
using Search.Testing;
using Search.Testing.Vectors;

namespace Search.Ann.Tests.Local;

public sealed class SegmentedCollectionTests : IDisposable
{
    private const int Dimension = 24;
    private static readonly EmbeddingModelId _model = EmbeddingModelId.Create("growth", "1", "00112233aabbccdd");
    private readonly LocalCollectionFixture _local = new(exactUpTo: 1_000);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _local.Dispose();

    [Theory]
    [InlineData(HnswIndexFactory.IndexName)]
    [InlineData(ForestIndexFactory.IndexName)]
    [InlineData(LshIndexFactory.IndexName)]
    public async Task Collection_GrowingPastTheThreshold_GoesOverToTheLargeIndexWithoutMissingAWrite(string largeIndex)
    {
        using var local = new LocalCollectionFixture(exactUpTo: 500, largeIndex, segmentSize: 300);
        await using var collection = local.Create(_model, Dimension);
        var vectors = new RandomVectors(1).Clustered(2_500, Dimension, clusters: 30);
        var expected = new Dictionary<string, float[]>();
        for (var i = 0; i < vectors.Length; i += 50)
        {
            // Replacements and removals of what lies in frozen segments go on while others are made.
            var entries = Enumerable.Range(i, 50).Select(j => new VectorEntry($"i{j % 2_000}/0", j, vectors[j])).ToArray();
            await collection.UpsertAsync(_model, entries, Cancellation);
            foreach (var entry in entries)
                expected[entry.Key] = entry.Vector;
            await collection.RemoveAsync([new VectorRemoval(entries[7].Key, entries[7].Revision)], Cancellation);
            expected.Remove(entries[7].Key);
            if (i == 0) Assert.Equal(ExactIndexFactory.IndexName, (await collection.GetStatisticsAsync(Cancellation)).Index);
        }
        var statistics = await SettledAsync(collection);
        Assert.Equal(largeIndex, statistics.Index);
        // 500 exact and 300 at a time after that, merged until each is at most half the one before.
        Assert.InRange(statistics.Segments, 2, 5);
        // What takes no more writes lies in mapped files, where the kind knows how to.
        var frozen = largeIndex == LshIndexFactory.IndexName ? largeIndex : $"{largeIndex}-frozen";
        Assert.All(collection.Indexes.SkipLast(1), index => Assert.Equal((frozen, frozen != largeIndex), (index.Name, index.Describe().Memory.Mapped > 0)));

        Assert.Equal(expected.Count, collection.Count);
        foreach (var (key, vector) in expected)
        {
            var nearest = (await collection.SearchAsync(_model, vector, 1, Cancellation)).Neighbours[0];
            Assert.Equal((key, 1f), (nearest.ImageKey, MathF.Round(nearest.Score, 5)));
        }
        var everything = await collection.SearchAsync(_model, vectors[0], 10_000, Cancellation);
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), everything.Neighbours.Select(n => n.ImageKey).Order(StringComparer.Ordinal));

        // The segments are part of the next snapshot, so a restart does not build them again, and no file is left that it does not name.
        await collection.SnapshotAsync(Cancellation);
        var copy = local.KilledCopy(_model, "grown");
        Assert.Equal(statistics.Segments - 1, Directory.EnumerateFiles(copy, "*.segment").Count());
        await using var restarted = local.Open(copy, _model);
        Assert.Equal((largeIndex, statistics.Segments), ((await restarted.GetStatisticsAsync(Cancellation)).Index, (await restarted.GetStatisticsAsync(Cancellation)).Segments));
        Assert.Equal(everything.Neighbours, (await restarted.SearchAsync(_model, vectors[0], 10_000, Cancellation)).Neighbours);
    }

    [Fact]
    public async Task Collection_ClosedWhileItGrows_StartsOverAndFinishes()
    {
        var collection = _local.Create(_model, Dimension);
        var vectors = new RandomVectors(2).Clustered(1_500, Dimension, clusters: 10);
        await collection.UpsertAsync(_model, [.. vectors.Select((vector, i) => new VectorEntry($"i{i}/0", 1, vector))], Cancellation);
        await collection.DisposeAsync();
        await using var restarted = _local.Open(_local.PathOf(_model), _model);
        Assert.Equal(1_500, restarted.Count);
        Assert.Equal(HnswIndexFactory.IndexName, (await SettledAsync(restarted)).Index);
        Assert.Equal(1_500, restarted.Count);
    }

    [Fact]
    public async Task Search_WhileEverythingIsReplacedOverAndOver_FindsEachKeyOnceAtAnyMoment()
    {
        using var local = new LocalCollectionFixture(exactUpTo: 40, segmentSize: 40);
        await using var collection = local.Create(_model, Dimension);
        var random = new RandomVectors(4);
        var keys = Enumerable.Range(0, 100).Select(i => $"i{i}/0").ToArray();
        await collection.UpsertAsync(_model, [.. keys.Select(key => new VectorEntry(key, 0, random.Unit(Dimension)))], Cancellation);
        var writer = Task.Run(async () =>
        {
            for (var round = 1; round <= 60; round++)
            {
                foreach (var batch in keys.Chunk(7))
                    await collection.UpsertAsync(_model, [.. batch.Select(key => new VectorEntry(key, round, random.Unit(Dimension)))], Cancellation);
                if (round % 10 == 0) await collection.SnapshotAsync(Cancellation);
            }
        }, Cancellation);
        var queries = new RandomVectors(5);
        do
        {
            var found = await collection.SearchAsync(_model, queries.Unit(Dimension), 1_000, Cancellation);
            Assert.Equal(keys.Order(StringComparer.Ordinal), found.Neighbours.Select(n => n.ImageKey).Order(StringComparer.Ordinal));
        }
        while (!writer.IsCompleted);
        await writer;
        // Most of what was written is dead, and rewriting has taken it out.
        await SettledAsync(collection);
        await collection.SnapshotAsync(Cancellation);
        Assert.InRange((await collection.GetStatisticsAsync(Cancellation)).BytesOnDisk!.Value, 1, 400_000);
    }

    [Fact]
    public async Task RemovingAll_LeavesNoSegmentAndNothingToFind()
    {
        using var local = new LocalCollectionFixture(exactUpTo: 40, segmentSize: 40);
        await using var collection = local.Create(_model, Dimension);
        var random = new RandomVectors(6);
        var keys = Enumerable.Range(0, 300).Select(i => $"i{i}/0").ToArray();
        await collection.UpsertAsync(_model, [.. keys.Select(key => new VectorEntry(key, 0, random.Unit(Dimension)))], Cancellation);
        await SettledAsync(collection);
        await collection.SnapshotAsync(Cancellation);
        await collection.RemoveAsync([.. keys.Select(key => new VectorRemoval(key, 0))], Cancellation);
        var found = await collection.SearchAsync(_model, random.Unit(Dimension), 10, Cancellation);
        Assert.Empty(found.Neighbours);
        Assert.True(found.Exhausted);
        Assert.Equal(1, (await SettledAsync(collection)).Segments);
        await collection.SnapshotAsync(Cancellation);
        Assert.Empty(Directory.EnumerateFiles(local.PathOf(_model), "*.segment"));
        await collection.UpsertAsync(_model, [new VectorEntry("i0/0", 0, random.Unit(Dimension))], Cancellation);
        Assert.Equal(1, collection.Count);
    }

    [Fact]
    public async Task SegmentDamagedMissingOrOfAnotherSnapshot_IsRefused()
    {
        using var local = new LocalCollectionFixture(exactUpTo: 40, segmentSize: 40);
        await using var collection = local.Create(_model, Dimension);
        var random = new RandomVectors(7);
        await collection.UpsertAsync(_model, [.. Enumerable.Range(0, 90).Select(i => new VectorEntry($"i{i}/0", 0, random.Unit(Dimension)))], Cancellation);
        await SettledAsync(collection);
        await collection.SnapshotAsync(Cancellation);
        var copy = local.KilledCopy(_model, "damaged");
        var segment = Directory.EnumerateFiles(copy, "*.segment").Single();
        var bytes = await File.ReadAllBytesAsync(segment, Cancellation);
        for (var at = 0; at < bytes.Length; at += 397)
        {
            bytes[at] ^= 4;
            await File.WriteAllBytesAsync(segment, bytes, Cancellation);
            Assert.Throws<InvalidDataException>(() => local.Open(copy, _model));
            bytes[at] ^= 4;
        }
        File.Delete(segment);
        Assert.Contains("missing", Assert.Throws<InvalidDataException>(() => local.Open(copy, _model)).Message, StringComparison.Ordinal);
        using (var other = new Search.Ann.Indexes.Hnsw.HnswIndexFactory().Create(new Search.Ann.Indexes.IndexShape(Search.Ann.Indexes.VectorMetric.Cosine, Dimension)))
        using (var file = File.Create(segment))
        {
            Search.Ann.Indexes.Hnsw.Frozen.HnswFreezer.Freeze(other).Save(file);
        }
        Assert.Throws<InvalidDataException>(() => local.Open(copy, _model));
        await File.WriteAllBytesAsync(segment, bytes, Cancellation);
        await using var whole = local.Open(copy, _model);
        Assert.Equal(90, whole.Count);
    }

    [Theory]
    [InlineData("exact")]
    [InlineData("hnsw")]
    public async Task Open_OfASnapshotOfVersion1_HasAllThatWasThere_AndGoesOnInSegments(string kind)
    {
        // 43 pictures of vectors drawn with seed 9 one after the other, the last three in the journal alone; item3 was removed before the snapshot.
        var model = EmbeddingModelId.Create("v1", "1", "00112233aabbccdd");
        using var folder = new TemporaryFolder();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Local", "Files", $"snapshot-v1-{kind}")))
            File.Copy(file, folder[Path.GetFileName(file)]);
        using var local = new LocalCollectionFixture(exactUpTo: 20, segmentSize: 20);
        var random = new RandomVectors(9);
        var expected = Enumerable.Range(0, 43).ToDictionary(i => $"item{i}/0", _ => random.Unit(12));
        expected.Remove("item3/0");
        for (var restart = 0; restart < 3; restart++)
        {
            await using var collection = local.Open(folder.Path, model);
            Assert.Equal(expected.Count, collection.Count);
            foreach (var (key, vector) in expected)
            {
                Assert.Equal(vector, (await collection.GetAsync(model, key, Cancellation))!.Vector);
                Assert.Equal(key, (await collection.SearchAsync(model, vector, 1, Cancellation)).Neighbours[0].ImageKey);
            }
            expected[$"new{restart}/0"] = random.Unit(12);
            await collection.UpsertAsync(model, [new VectorEntry($"new{restart}/0", 1, expected[$"new{restart}/0"])], Cancellation);
            await SettledAsync(collection);
            await collection.SnapshotAsync(Cancellation);
        }
    }

    [Fact]
    public async Task Reload_OfTheSizeOfARealCatalogue_TakesFarLessThanASecond()
    {
        var model = EmbeddingModelId.Create("catalogue", "1", "00112233aabbccdd");
        using var local = new LocalCollectionFixture(exactUpTo: 10_000);
        var collection = local.Create(model, 128);
        var vectors = new RandomVectors(3).Clustered(1_566, 128, clusters: 8);
        await collection.UpsertAsync(model, [.. vectors.Select((vector, i) => new VectorEntry($"item-{i}/0", 1, vector))], Cancellation);
        await collection.DisposeAsync();

        // From the journal alone, which is the slower way; then from a snapshot.
        for (var round = 0; round < 2; round++)
        {
            var start = Stopwatch.GetTimestamp();
            await using var restarted = local.Open(local.PathOf(model), model);
            var elapsed = Stopwatch.GetElapsedTime(start);
            Assert.Equal(1_566, restarted.Count);
            // It takes some 10 ms; the rest is for a machine that does ten other things.
            Assert.InRange(elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1));
            await restarted.SnapshotAsync(Cancellation);
        }
    }

    /// <summary>When nothing is left to freeze or to merge.</summary>
    private static async Task<CollectionStatistics> SettledAsync(LocalVectorCollection collection)
    {
        await Wait.UntilAsync(async () => (await collection.GetStatisticsAsync(Cancellation)).Building is null);
        return await collection.GetStatisticsAsync(Cancellation);
    }
}
