using System.Buffers.Binary;
using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Search.Ann.Collections;
using Search.Ann.Indexes.Tuning;
using Search.Ann.Local;
using Search.Contracts;
using Search.Testing.Vectors;

namespace Search.Ann.Tests.Local;

public sealed class EffortFileTests : IDisposable
{
    private const int Dimension = 4;
    private static readonly EmbeddingModelId _model = EmbeddingModelId.Create("efforts", "1", "00112233aabbccdd");
    private readonly LocalCollectionFixture _local = new(exactUpTo: 10, segmentSize: 100);
    private readonly Lines _log = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _local.Dispose();

    [Fact]
    public async Task Efforts_Kept_AreThereAfterARestart_ForTheSegmentsThatAre()
    {
        var chosen = new ChosenEffort(20, Effort(33));
        await using (var collection = await FilledAsync())
        {
            await collection.KeepEffortsAsync(collection.Indexes.ToDictionary(index => index, _ => chosen), Cancellation);
            Assert.Equal(2, collection.LoadEfforts().Count);
        }
        await using (var restarted = Open())
        {
            Assert.Equal(restarted.Indexes.ToHashSet(), restarted.LoadEfforts().Keys.ToHashSet());
            var found = restarted.LoadEfforts()[restarted.Indexes[1]];
            Assert.Equal((20, 33, 0.98, chosen.Effort.Measured, TuningOutcome.MostEffort), (found.Count, found.Effort.Effort, found.Effort.TargetRecall, found.Effort.Measured, found.Effort.Outcome));
            Assert.Empty(_log);
        }
        var head = new JournalHead(_model, Dimension, 0);
        EffortFile.Save(File, head, [.. EffortFile.Load(File, head), new SegmentEffort(7, 9, 4, chosen)]);
        await using var again = Open();
        Assert.Equal(2, again.LoadEfforts().Count);
        Assert.Contains("1 of the efforts kept", Assert.Single(_log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Efforts_DamagedCutOffOfAVersionToComeOrOfAnotherCollection_AreIgnoredWithALine_AndTheCollectionOpens()
    {
        await using (var collection = await FilledAsync())
            await collection.KeepEffortsAsync(collection.Indexes.ToDictionary(index => index, _ => new ChosenEffort(20, Effort(33))), Cancellation);
        var bytes = await System.IO.File.ReadAllBytesAsync(File, Cancellation);
        var random = new Random(3);
        var damaged = Enumerable.Range(0, bytes.Length).Select(at => (byte[])[.. bytes[..at], (byte)(bytes[at] ^ 1 << random.Next(8)), .. bytes[(at + 1)..]])
            .Concat(Enumerable.Range(0, bytes.Length).Select(length => bytes[..length]))
            .Append([.. bytes, 0]);
        var later = bytes.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(later.AsSpan(8), 2);
        await using var opened = Open();
        foreach (var file in damaged.Append(later))
        {
            await System.IO.File.WriteAllBytesAsync(File, file, Cancellation);
            _log.Clear();
            Assert.Empty(opened.LoadEfforts());
            Assert.Contains("cannot be read", Assert.Single(_log), StringComparison.Ordinal);
        }
        EffortFile.Save(File, new JournalHead(EmbeddingModelId.Create("other", "1", "00112233aabbccdd"), Dimension, 0), []);
        Assert.Empty(opened.LoadEfforts());
        Assert.Equal(2, _log.Count);
        await opened.DisposeAsync();
        await using var restarted = Open();
        Assert.Equal(30, restarted.Count);
    }

    private string File => Path.Combine(_local.PathOf(_model), "efforts");

    private LocalVectorCollection Open() => LocalVectorCollection.Open(_local.PathOf(_model), _model, _local.Settings with { MergeAfterQuiet = TimeSpan.FromDays(1) }, _log);

    /// <summary>An exact segment, not frozen yet or just, and a graph.</summary>
    private async Task<LocalVectorCollection> FilledAsync()
    {
        LocalVectorCollection.Create(_local.PathOf(_model), _model, Dimension);
        var collection = Open();
        var random = new RandomVectors(1);
        await collection.UpsertAsync(_model, [.. Enumerable.Range(0, 30).Select(i => new VectorEntry($"i{i}/0", 0, random.Unit(Dimension)))], Cancellation);
        await Search.Testing.Wait.UntilAsync(async () => (await collection.GetStatisticsAsync(Cancellation)).Building is null);
        await collection.SnapshotAsync(Cancellation);
        _log.Clear();
        return collection;
    }

    private static TunedEffort Effort(int effort)
    {
        var measured = new MeasuredRecall { K = 20, Effort = effort, Queries = 400, Recall = 0.985, Low = 0.981, High = 0.99, DistancesPerQuery = 123.5, VisitsPerQuery = 17.25 };
        return new TunedEffort { Effort = effort, Outcome = TuningOutcome.MostEffort, TargetRecall = 0.98, Measured = measured, Tried = [measured] };
    }

    private sealed class Lines : ConcurrentQueue<string>, ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Enqueue(formatter(state, exception));
    }
}
