using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Search.Ann.Collections;
using Search.Ann.Local;
using Search.Ann.Local.Segments;
using Search.Contracts;
using Search.Testing;
using Search.Testing.Vectors;

namespace Search.Ann.Tests.Local.Segments;

/// <summary>What the work on segments does to searches and writes, by order and counts: each test holds it up where it likes.</summary>
public sealed class SegmentKeeperTests : IDisposable
{
    private const int Dimension = 8;
    private const int SegmentSize = 40;
    private static readonly EmbeddingModelId _model = EmbeddingModelId.Create("keeper", "1", "00112233aabbccdd");
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);
    private readonly LocalCollectionFixture _local = new(SegmentSize, segmentSize: SegmentSize);
    private readonly WatchedFactory _factory = new();
    private readonly float[][] _vectors = new RandomVectors(1).Clustered(40 * SegmentSize, Dimension, clusters: 20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _local.Dispose();

    [Theory]
    [InlineData("adding")]
    [InlineData("freezing")]
    [InlineData("opening")]
    public async Task SearchesAndWrites_WhileASegmentIsBeingMade_DoNotWaitForIt(string step)
    {
        using var begun = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var isHeld = false;
        void Hold()
        {
            begun.Set();
            isHeld = true;
            goOn.Wait(_patience, Cancellation);
            isHeld = false;
        }
        if (step == "adding") _factory.OnAdding = (_, _, _, _) => Hold();
        if (step == "freezing") _factory.OnFreezing = Hold;
        if (step == "opening") _factory.OnOpening = Hold;
        await using var collection = Open(TimeSpan.Zero);
        try
        {
            // The first, which was searched exactly, is made into a graph; the second is one, and is laid out anew.
            await AddAsync(collection, 0, 2 * SegmentSize + 1);
            Assert.True(begun.Wait(_patience, Cancellation));

            for (var i = 2 * SegmentSize + 1; i < 4 * SegmentSize; i++)
            {
                await Within(AddAsync(collection, i, i + 1));
                Assert.Equal($"i{i}/0", await Within(NearestAsync(collection, i)));
                Assert.Equal($"i{i - 60}/0", await Within(NearestAsync(collection, i - 60)));
            }
            await Within(collection.RemoveAsync([new VectorRemoval("i5/0", 0), new VectorRemoval("i90/0", 0)], Cancellation));
            await Within(collection.SnapshotAsync(Cancellation));
            var all = await Within(collection.SearchAsync(_model, _vectors[5], 1_000, Cancellation).AsTask());
            Assert.Equal(4 * SegmentSize - 2, all.Neighbours.Length);
            Assert.True(isHeld, "It went on by itself: the test shows nothing.");
        }
        finally
        {
            goOn.Set();
        }
        await SettledAsync(collection);
        Assert.Equal(4 * SegmentSize - 2, (await collection.SearchAsync(_model, _vectors[5], 1_000, Cancellation)).Neighbours.Length);
        for (var i = 6; i < 80; i++)
            Assert.Equal($"i{i}/0", await NearestAsync(collection, i));
    }

    [Fact]
    public async Task Merge_WaitsWhileWritesGoOn_UnlessThereAreMany_AndFreezingNever()
    {
        await using var collection = Open(mergeAfterQuiet: TimeSpan.FromDays(1));
        for (var count = 1; count <= 8; count++)
        {
            await AddAsync(collection, (count - 1) * SegmentSize, count * SegmentSize + 1);
            await Wait.UntilAsync(() => collection.Indexes.Count(index => index.Name == "hnsw-frozen") == count);
            Assert.Equal(count + 1, collection.Indexes.Count);
        }
        await AddAsync(collection, 8 * SegmentSize + 1, 9 * SegmentSize + 1);
        // The nine are one now, and wait for what may follow.
        await Wait.UntilAsync(() => collection.Indexes.Count == 2);
        Assert.Equal(9 * SegmentSize, collection.Indexes[0].Count);
    }

    [Fact]
    public async Task Merge_HandsOverAsManyVectorsAtOnceAsMemoryPermits()
    {
        var batches = new ConcurrentQueue<int>();
        _factory.OnAdding = (_, ids, _, _) => batches.Enqueue(ids.Length);
        await using var collection = Open(mergeAfterQuiet: TimeSpan.FromDays(1));
        await AddAsync(collection, 0, 9 * SegmentSize + 1);
        await Wait.UntilAsync(() => collection.Indexes.Count == 2);
        // The exact one alone, and then all: what is a graph already is laid out anew without adding anything.
        Assert.Equal([SegmentSize, 9 * SegmentSize], batches);
    }

    [Theory]
    [InlineData(8, 65_536)]
    [InlineData(256, 65_536)]
    [InlineData(512, 32_768)]
    [InlineData(4_096, 4_096)]
    [InlineData(100_000, 2_048)]
    public void AtOnce_IsWhatTakesSixtyFourMegabytes_WithinReason(int dimension, int expected) => Assert.Equal(expected, SegmentBuilder.AtOnce(dimension));

    [Fact]
    public async Task Merge_WithSpareProcessorsAlone_GoesOnWhereItWas_BesideTheOthersOnceSegmentsPileUp()
    {
        var calls = new ConcurrentQueue<(int First, int Count, bool IsModest)>();
        using var begun = new ManualResetEventSlim();
        _factory.OnAdding = (index, ids, vectors, stop) =>
        {
            calls.Enqueue((index.Count, ids.Length, Thread.CurrentThread.Name == "segments"));
            // The exact segment alone is no merge; and of the merge the first part only.
            if (ids.Length <= SegmentSize || calls.Count > 2) return;
            index.UpsertAll(ids[..50], vectors[..(50 * Dimension)], 1);
            begun.Set();
            Assert.True(stop.WaitHandle.WaitOne(_patience));
        };
        await using var collection = Open(mergeAfterQuiet: TimeSpan.Zero);
        await AddAsync(collection, 0, 2 * SegmentSize + 1);
        Assert.True(begun.Wait(_patience, Cancellation));
        await AddAsync(collection, 2 * SegmentSize + 1, 9 * SegmentSize + 1);
        await SettledAsync(collection);
        Assert.Equal([(0, SegmentSize, true), (0, 2 * SegmentSize, true), (50, 2 * SegmentSize - 50, false)], calls.Take(3));
        for (var i = 0; i < 9 * SegmentSize; i++)
            Assert.Equal($"i{i}/0", await NearestAsync(collection, i));
    }

    [Fact]
    public async Task Close_WhileASegmentIsBeingMade_StopsThat_AndTheNextStartDoesIt()
    {
        using var begun = new ManualResetEventSlim();
        _factory.OnAdding = (_, _, _, stop) =>
        {
            begun.Set();
            Assert.True(stop.WaitHandle.WaitOne(_patience));
        };
        var collection = Open(TimeSpan.Zero);
        await AddAsync(collection, 0, 2 * SegmentSize + 1);
        Assert.True(begun.Wait(_patience, Cancellation));
        await Within(collection.DisposeAsync().AsTask());

        _factory.OnAdding = (_, _, _, _) => { };
        await using var restarted = Open(TimeSpan.Zero);
        Assert.Equal(2, (await SettledAsync(restarted)).Segments);
        for (var i = 0; i <= 2 * SegmentSize; i++)
            Assert.Equal($"i{i}/0", await NearestAsync(restarted, i));
    }

    private LocalVectorCollection Open(TimeSpan mergeAfterQuiet)
    {
        LocalVectorCollection.Create(_local.PathOf(_model), _model, Dimension);
        return LocalVectorCollection.Open(
            _local.PathOf(_model), _model, _local.Settings with { Catalogue = _factory.Catalogue, MergeAfterQuiet = mergeAfterQuiet }, NullLogger.Instance);
    }

    private Task<IReadOnlyList<UpsertOutcome>> AddAsync(LocalVectorCollection collection, int first, int end) =>
        collection.UpsertAsync(_model, [.. Enumerable.Range(first, end - first).Select(i => new VectorEntry($"i{i}/0", 0, _vectors[i]))], Cancellation);

    // On a thread of its own: a search that waits would not come back before it has ended.
    private Task<string> NearestAsync(LocalVectorCollection collection, int i) =>
        Task.Run(async () => (await collection.SearchAsync(_model, _vectors[i], 1, Cancellation)).Neighbours[0].ImageKey);

    private static Task<T> Within<T>(Task<T> task) => task.WaitAsync(_patience, Cancellation);

    private static Task Within(Task task) => task.WaitAsync(_patience, Cancellation);

    private static async Task<CollectionStatistics> SettledAsync(LocalVectorCollection collection)
    {
        await Wait.UntilAsync(async () => (await collection.GetStatisticsAsync(Cancellation)).Building is null);
        return await collection.GetStatisticsAsync(Cancellation);
    }
}
