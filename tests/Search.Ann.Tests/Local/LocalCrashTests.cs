using Search.Ann.Collections;
using Search.Ann.Local;
using Search.Contracts;
using Search.Testing.Vectors;

namespace Search.Ann.Tests.Local;

/// <summary>A crash at any moment loses no acknowledged write, and damage is never taken for a crash.</summary>
public sealed class LocalCrashTests : IDisposable
{
    private const int Dimension = 8;
    private static readonly EmbeddingModelId _model = EmbeddingModelId.Create("crash", "1", "00112233aabbccdd");
    private readonly LocalCollectionFixture _local = new(exactUpTo: int.MaxValue);
    private readonly RandomVectors _random = new(7);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _local.Dispose();

    [Fact]
    public async Task KilledAfterAnyAcknowledgedWrite_ItIsThereOnTheNextStart()
    {
        await using var collection = _local.Create(_model, Dimension);
        var expected = new Dictionary<string, long>();
        var random = new Random(3);
        for (var step = 0; step < 120; step++)
        {
            var key = $"i{random.Next(20)}/{random.Next(2)}";
            if (random.Next(4) == 0)
            {
                await collection.RemoveAsync([new VectorRemoval(key, step)], Cancellation);
                expected.Remove(key);
            }
            else
            {
                await PutAsync(collection, key, step);
                expected[key] = step;
            }
            if (random.Next(15) == 0) await collection.SnapshotAsync(Cancellation);

            await using var restarted = _local.Open(_local.KilledCopy(_model, $"{step}"), _model);
            Assert.Equal(expected.Count, restarted.Count);
            foreach (var (known, revision) in expected)
                Assert.Equal(revision, (await restarted.GetAsync(_model, known, Cancellation))!.Revision);
        }
    }

    [Fact]
    public async Task JournalCutAnywhereInItsLastRecord_LosesThatRecordAlone_AndGoesOn()
    {
        await using var collection = _local.Create(_model, Dimension);
        await PutAsync(collection, "a/0", 1);
        await PutAsync(collection, "b/0", 1);
        var intact = JournalLength();
        await PutAsync(collection, "c/0", 1);
        var whole = JournalLength();
        for (var length = intact; length < whole; length++)
        {
            var copy = _local.KilledCopy(_model, $"cut{length}");
            using (var journal = new FileStream(Path.Combine(copy, "00000000.journal"), FileMode.Open))
                journal.SetLength(length);
            await AssertGoesOnAsync(copy);
        }
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0xFF)]
    [InlineData(0x5A)]
    public async Task JournalWithATailThatWasNeverWritten_IsReadUpToIt_AndGoesOn(byte filler)
    {
        await using var collection = _local.Create(_model, Dimension);
        await PutAsync(collection, "a/0", 1);
        await PutAsync(collection, "b/0", 1);
        var copy = _local.KilledCopy(_model, "tail");
        await using (var journal = new FileStream(Path.Combine(copy, "00000000.journal"), FileMode.Append))
            await journal.WriteAsync(Enumerable.Repeat(filler, 5_000).ToArray(), Cancellation);
        await AssertGoesOnAsync(copy);
    }

    [Fact]
    public async Task JournalDamagedBeforeIntactRecords_IsRefused_AndLeftAsItIs()
    {
        await using var collection = _local.Create(_model, Dimension);
        await PutAsync(collection, "a/0", 1);
        var damaged = JournalLength() - 3;
        await PutAsync(collection, "b/0", 1);
        var copy = _local.KilledCopy(_model, "damaged");
        var file = Path.Combine(copy, "00000000.journal");
        var bytes = await File.ReadAllBytesAsync(file, Cancellation);
        bytes[damaged] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, Cancellation);
        Assert.Throws<InvalidDataException>(() => _local.Open(copy, _model));
        Assert.Equal(bytes, await File.ReadAllBytesAsync(file, Cancellation));
    }

    [Fact]
    public async Task SnapshotDamagedAnywhere_IsRefused()
    {
        await using var collection = _local.Create(_model, Dimension);
        await PutAsync(collection, "a/0", 1);
        await PutAsync(collection, "b/1", 2);
        await collection.SnapshotAsync(Cancellation);
        var copy = _local.KilledCopy(_model, "snapshot");
        var file = Path.Combine(copy, "00000001.snapshot");
        var bytes = await File.ReadAllBytesAsync(file, Cancellation);
        for (var at = 0; at < bytes.Length; at++)
        {
            bytes[at] ^= 0x10;
            await File.WriteAllBytesAsync(file, bytes, Cancellation);
            Assert.Throws<InvalidDataException>(() => _local.Open(copy, _model));
            bytes[at] ^= 0x10;
        }
    }

    [Fact]
    public async Task KilledBetweenTheStepsOfASnapshot_TheStateIsTheOneBeforeOrTheOneAfter()
    {
        await using var collection = _local.Create(_model, Dimension);
        await PutAsync(collection, "a/0", 1);
        await collection.SnapshotAsync(Cancellation);
        await PutAsync(collection, "b/0", 1);
        var before = _local.KilledCopy(_model, "before");
        await collection.SnapshotAsync(Cancellation);
        var after = _local.KilledCopy(_model, "after");

        // The next generation's journal exists, and half a snapshot under its temporary name.
        File.Copy(Path.Combine(after, "00000002.journal"), Path.Combine(before, "00000002.journal"));
        await File.WriteAllBytesAsync(Path.Combine(before, "00000002.snapshot.tmp"), new byte[77], Cancellation);
        await AssertGoesOnAsync(before);
        Assert.Equal(["00000001.journal", "00000001.snapshot", "lock"], Names(before));

        // The snapshot has its name, and the generation before it is not deleted yet.
        var both = _local.KilledCopy(_model, "both");
        foreach (var old in (string[])["00000001.journal", "00000001.snapshot"])
            File.Copy(Path.Combine(before, old), Path.Combine(both, old));
        await AssertGoesOnAsync(both);
        Assert.Equal(["00000002.journal", "00000002.snapshot", "lock"], Names(both));
    }

    [Fact]
    public async Task OpenTwice_IsRefusedTheSecondTime()
    {
        await using var collection = _local.Create(_model, Dimension);
        Assert.Throws<IOException>(() => _local.Open(_local.PathOf(_model), _model));
    }

    [Fact]
    public async Task OpenAsAnotherModel_IsRefused()
    {
        var collection = _local.Create(_model, Dimension);
        await PutAsync(collection, "a/0", 1);
        await collection.DisposeAsync();
        Assert.Throws<InvalidDataException>(() => _local.Open(_local.PathOf(_model), EmbeddingModelId.Create("other", "1", "00112233aabbccdd")));
        await collection.DisposeAsync(); // twice does no harm
        await Assert.ThrowsAsync<ObjectDisposedException>(() => PutAsync(collection, "b/0", 1));
    }

    private async Task AssertGoesOnAsync(string folder)
    {
        for (var restart = 0; restart < 2; restart++)
        {
            await using var restarted = _local.Open(folder, _model);
            Assert.Equal(2 + restart, restarted.Count);
            Assert.NotNull(await restarted.GetAsync(_model, "a/0", Cancellation));
            Assert.NotNull(await restarted.GetAsync(_model, "b/0", Cancellation));
            await PutAsync(restarted, "new/0", 1 + restart);
        }
    }

    private static IEnumerable<string> Names(string folder) => Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);

    private long JournalLength() => new FileInfo(Path.Combine(_local.PathOf(_model), "00000000.journal")).Length;

    private async Task PutAsync(LocalVectorCollection collection, string key, long revision) =>
        await collection.UpsertAsync(_model, [new VectorEntry(key, revision, _random.Unit(Dimension))], Cancellation);
}
