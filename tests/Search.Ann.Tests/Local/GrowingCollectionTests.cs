using System.Diagnostics;
using Search.Ann.Collections;
using Search.Ann.Indexes.Exact;
using Search.Ann.Indexes.Hnsw;
using Search.Ann.Indexes.Lsh;
using Search.Ann.Indexes.Tree;
using Search.Contracts;
using Search.Testing;
using Search.Testing.Vectors;

namespace Search.Ann.Tests.Local;

public sealed class GrowingCollectionTests : IDisposable
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
        using var local = new LocalCollectionFixture(exactUpTo: 1_000, largeIndex);
        await using var collection = local.Create(_model, Dimension);
        await using var exact = local.Create(EmbeddingModelId.Create("oracle", "1", "00112233aabbccdd"), Dimension);
        var vectors = new RandomVectors(1).Clustered(2_500, Dimension, clusters: 30);
        var expected = new Dictionary<string, float[]>();
        for (var i = 0; i < vectors.Length; i += 50)
        {
            // Replacements and removals go on while the graph is filled.
            var entries = Enumerable.Range(i, 50).Select(j => new VectorEntry($"i{j % 2_000}/0", j, vectors[j])).ToArray();
            await collection.UpsertAsync(_model, entries, Cancellation);
            foreach (var entry in entries)
                expected[entry.Key] = entry.Vector;
            await collection.RemoveAsync([new VectorRemoval(entries[7].Key, entries[7].Revision)], Cancellation);
            expected.Remove(entries[7].Key);
            if (i == 0) Assert.Equal(ExactIndexFactory.IndexName, (await collection.GetStatisticsAsync(Cancellation)).Index);
        }
        await Wait.UntilAsync(async () => (await collection.GetStatisticsAsync(Cancellation)) is { Building: null, Index: var index } && index == largeIndex);

        Assert.Equal(expected.Count, collection.Count);
        foreach (var (key, vector) in expected)
        {
            var nearest = (await collection.SearchAsync(_model, vector, 1, Cancellation)).Neighbours[0];
            Assert.Equal((key, 1f), (nearest.ImageKey, MathF.Round(nearest.Score, 5)));
        }
        var everything = await collection.SearchAsync(_model, vectors[0], 10_000, Cancellation);
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), everything.Neighbours.Select(n => n.ImageKey).Order(StringComparer.Ordinal));

        // The index is part of the next snapshot, so a restart does not build it again.
        await collection.SnapshotAsync(Cancellation);
        await using var restarted = local.Open(local.KilledCopy(_model, "grown"), _model);
        Assert.Equal(largeIndex, (await restarted.GetStatisticsAsync(Cancellation)).Index);
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
        await Wait.UntilAsync(async () => (await restarted.GetStatisticsAsync(Cancellation)).Index == HnswIndexFactory.IndexName);
        Assert.Equal(1_500, restarted.Count);
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
}
