using Search.Ann.Collections;
using Search.Ann.Indexes.Tuning;
using Search.Contracts;
using Search.Testing;
using Search.Testing.Vectors;

namespace Search.Ann.Tests.Local;

/// <summary>
/// A collection as today's versions of its files have it, kept beside the tests, which every later program must open: a frozen segment, one that takes writes, a snapshot of version 2, a journal and
/// efforts of version 1. (<see cref="SegmentedCollectionTests"/> has those of snapshots of version 1.)
/// </summary>
public sealed class KeptCollectionTests
{
    private const int Dimension = 4;
    private const string Name = "collection-v2";
    private static readonly EmbeddingModelId _model = EmbeddingModelId.Create("kept", "2", "00112233aabbccdd");
    private static readonly float[][] _vectors = new RandomVectors(21).Clustered(40, Dimension, clusters: 8);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheKeptCollection_HasAllThatWasThere_AndGoesOn()
    {
        using var folder = new TemporaryFolder();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Local", "Files", Name)))
            File.Copy(file, folder[Path.GetFileName(file)]);
        using var local = Settings();
        var expected = Enumerable.Range(0, 31).Except([3, 7]).ToDictionary(i => $"item{i}/0", i => _vectors[i == 5 ? 35 : i]);
        for (var restart = 0; restart < 2; restart++)
        {
            await using var collection = local.Open(folder.Path, _model);
            Assert.Equal(expected.Count, collection.Count);
            Assert.Equal(["hnsw-frozen", "hnsw"], collection.Indexes.Select(index => index.Name));
            Assert.Equal(77, Assert.Single(collection.LoadEfforts()).Value.Effort.Effort);
            foreach (var (key, vector) in expected)
            {
                Assert.Equal(vector, (await collection.GetAsync(_model, key, Cancellation))!.Vector);
                Assert.Equal(key, (await collection.SearchAsync(_model, vector, 1, Cancellation)).Neighbours[0].ImageKey);
            }
            var key31 = $"item{31 + restart}/0";
            expected[key31] = _vectors[31 + restart];
            await collection.UpsertAsync(_model, [new VectorEntry(key31, 1, expected[key31])], Cancellation);
            await collection.SnapshotAsync(Cancellation);
        }
    }

    /// <summary>Writes it into the source, where it is not there yet: <c>dotnet run --project tests/Search.Ann.Tests -- -explicit only -class "*KeptCollectionTests"</c>.</summary>
    [Fact(Explicit = true)]
    public async Task Write()
    {
        var kept = Path.Combine(Repository.Root, "tests", "Search.Ann.Tests", "Local", "Files", Name);
        if (Directory.Exists(kept)) return;
        using var local = Settings();
        await using var collection = local.Create(_model, Dimension);
        // Fifteen are searched exactly until the sixteenth comes, and are frozen then.
        await collection.UpsertAsync(_model, [.. Enumerable.Range(0, 30).Select(i => Entry(i, _vectors[i], 1))], Cancellation);
        await Wait.UntilAsync(async () => (await collection.GetStatisticsAsync(Cancellation)).Building is null);
        await collection.UpsertAsync(_model, [Entry(5, _vectors[35], 2)], Cancellation);
        await collection.RemoveAsync([new VectorRemoval("item3/0", 1)], Cancellation);
        await collection.SnapshotAsync(Cancellation);
        await collection.UpsertAsync(_model, [Entry(30, _vectors[30], 1)], Cancellation);
        await collection.RemoveAsync([new VectorRemoval("item7/0", 1)], Cancellation);
        var measured = new MeasuredRecall { K = 20, Effort = 77, Queries = 400, Recall = 0.985, Low = 0.981, High = 0.99, DistancesPerQuery = 123.5, VisitsPerQuery = 17.25 };
        var chosen = new ChosenEffort(15, new TunedEffort { Effort = 77, Outcome = TuningOutcome.Reached, TargetRecall = 0.98, Measured = measured, Tried = [measured] });
        await collection.KeepEffortsAsync(new Dictionary<Search.Ann.Indexes.IVectorIndex, ChosenEffort> { [collection.Indexes[0]] = chosen }, Cancellation);
        Directory.CreateDirectory(kept);
        foreach (var file in Directory.EnumerateFiles(local.KilledCopy(_model, Name)))
            File.Copy(file, Path.Combine(kept, Path.GetFileName(file)));
    }

    private static LocalCollectionFixture Settings() => new(exactUpTo: 15);

    private static VectorEntry Entry(int i, float[] vector, long revision) => new($"item{i}/0", revision, vector);
}
