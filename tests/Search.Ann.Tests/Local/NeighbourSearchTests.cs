using Microsoft.Extensions.Logging.Abstractions;
using Search.Ann.Collections;
using Search.Ann.Indexes;
using Search.Ann.Local;
using Search.Contracts;
using Search.Contracts.Messages;
using Search.Testing;
using Search.Testing.Vectors;
using Search.Vectors;

namespace Search.Ann.Tests.Local;

/// <summary>Searches of a segment that holds many which are not alive any more: as good as those of one that does not, and for less than asking it for ever more.</summary>
public sealed class NeighbourSearchTests(ITestOutputHelper output) : IDisposable
{
    private const int Dimension = 16;
    private const int Count = 4_000;
    private const int K = 20;
    private static readonly EmbeddingModelId _model = EmbeddingModelId.Create("living", "1", "00112233aabbccdd");
    private readonly LocalCollectionFixture _local = new(exactUpTo: 1, segmentSize: Count);
    private readonly float[][] _vectors = new RandomVectors(1).Clustered(Count, Dimension, clusters: 40);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _local.Dispose();

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public async Task Search_WhereAllAroundTheQueryWereRemoved_FindsTheNearestOfTheOthers_ForFewerDistances(double largestShare)
    {
        await using var collection = await FrozenAsync();
        long withFilter = 0, byAskingForMore = 0;
        var (found, dead) = (0, new HashSet<int>());
        var queries = new RandomVectors(2).Clustered(12, Dimension, clusters: 3);
        foreach (var query in queries)
        {
            // One query after the other loses its surroundings.
            var near = Enumerable.Range(0, Count).Where(i => !dead.Contains(i)).OrderByDescending(i => VectorKernels.Dot(_vectors[i], query)).Take((int)(largestShare * Count / queries.Length)).ToArray();
            dead.UnionWith(near);
            await collection.RemoveAsync([.. near.Select(i => new VectorRemoval(Key(i), 0))], Cancellation);

            var answer = await collection.SearchAsync(_model, query, K, Cancellation);
            found += Hits(answer, query, dead);
            withFilter += answer.DistancesComputed;
            byAskingForMore += AskForMore(collection.Indexes, query, dead);
        }
        output.WriteLine($"{withFilter / queries.Length} distances a search, {byAskingForMore / queries.Length} by asking for ever more; recall {found / (double)(K * queries.Length):f4}");
        Assert.InRange(found / (double)(K * queries.Length), 0.99, 1);
        Assert.True(withFilter < 0.8 * byAskingForMore);
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.4)]
    [InlineData(0.6)]
    [InlineData(0.95)]
    public async Task Search_WhereAShareWasReplaced_FindsAsMuchAsBefore_AndNoneTwice(double share)
    {
        await using var collection = await FrozenAsync();
        var random = new Random(3);
        var replaced = Enumerable.Range(0, Count).Where(_ => random.NextDouble() < share).ToArray();
        var to = new RandomVectors(4).Clustered(Count, Dimension, clusters: 40);
        await collection.UpsertAsync(_model, [.. replaced.Select(i => new VectorEntry(Key(i), 1, to[i]))], Cancellation);
        foreach (var i in replaced)
            _vectors[i] = to[i];
        var queries = new RandomVectors(5).Clustered(40, Dimension, clusters: 40);
        var found = 0;
        foreach (var query in queries)
        {
            var answer = await collection.SearchAsync(_model, query, K, Cancellation);
            Assert.Equal(K, answer.Neighbours.Select(neighbour => neighbour.ImageKey).Distinct().Count());
            Assert.False(answer.Exhausted);
            found += Hits(answer, query, []);
        }
        Assert.InRange(found / (double)(K * queries.Length), 0.99, 1);
        var all = await collection.SearchAsync(_model, queries[0], 2 * Count, Cancellation);
        Assert.Equal((Count, true), (all.Neighbours.Length, all.Exhausted));
    }

    [Fact]
    public async Task Search_WhereAllButAFewWereRemoved_FindsThoseAndIsExhausted()
    {
        await using var collection = await FrozenAsync();
        await collection.RemoveAsync([.. Enumerable.Range(0, Count).Where(i => i % 1_000 != 7).Select(i => new VectorRemoval(Key(i), 0))], Cancellation);
        var answer = await collection.SearchAsync(_model, _vectors[7], K, Cancellation);
        Assert.Equal([Key(1_007), Key(2_007), Key(3_007), Key(7)], answer.Neighbours.Select(neighbour => neighbour.ImageKey).Order(StringComparer.Ordinal));
        Assert.True(answer.Exhausted);
    }

    /// <summary>A collection of one frozen graph, which is not written anew however many of it die, and an empty segment that takes writes.</summary>
    private async Task<LocalVectorCollection> FrozenAsync()
    {
        LocalVectorCollection.Create(_local.PathOf(_model), _model, Dimension);
        var collection = LocalVectorCollection.Open(_local.PathOf(_model), _model, _local.Settings with { MergeAfterQuiet = TimeSpan.FromDays(1) }, NullLogger.Instance);
        await collection.UpsertAsync(_model, [new VectorEntry("extra/0", 0, _vectors[0]), .. _vectors.Select((vector, i) => new VectorEntry(Key(i), 0, vector))], Cancellation);
        await collection.UpsertAsync(_model, [new VectorEntry("extra/1", 0, _vectors[0])], Cancellation);
        await Wait.UntilAsync(() => collection.Indexes.Count(index => index.Name == "hnsw-frozen") == 2);
        await collection.RemoveAsync([new VectorRemoval("extra/0", 0), new VectorRemoval("extra/1", 0)], Cancellation);
        return collection;
    }

    private int Hits(NeighboursFound answer, float[] query, HashSet<int> dead)
    {
        var least = Enumerable.Range(0, Count).Where(i => !dead.Contains(i)).Select(i => VectorKernels.Dot(_vectors[i], query)).OrderDescending().Take(K).Min();
        Assert.DoesNotContain(answer.Neighbours, neighbour => dead.Contains(IndexOf(neighbour.ImageKey)));
        return answer.Neighbours.Count(neighbour => neighbour.Score >= least - 1e-6f);
    }

    /// <summary>How it could be done without a filter: twice as many, until enough of them are alive.</summary>
    /// <returns>Distances.</returns>
    private static long AskForMore(IReadOnlyList<IVectorIndex> indexes, float[] query, HashSet<int> dead)
    {
        var index = indexes.Single(index => index.Count == Count);
        var results = new ScoredId[Count];
        for (var (wanted, distances) = (K, 0L); ; wanted = Math.Min(2 * wanted, Count))
        {
            var found = index.Search(query, wanted, default, results, out var work);
            distances += work.DistancesComputed;
            // Ids go up from that of the extra one.
            if (results[..found].Count(result => !dead.Contains((int)result.Id - 1)) >= K) return distances;
        }
    }

    private static string Key(int i) => $"i{i}/0";

    private static int IndexOf(string key) => int.Parse(key[1..^2], null);
}
