using System.Buffers;
using System.Buffers.Binary;
using Search.Ann.Collections;
using Search.Ann.Local;
using Search.Contracts;
using Search.Testing;
using Search.Testing.Files;
using Search.Testing.Vectors;
using Search.Vectors.Files;

namespace Search.Ann.Tests.Local;

/// <summary>Snapshots and journals that are damaged, cut off, of a version to come, or made on purpose: refused by an error that says where, and the files stay as they are.</summary>
public sealed class CollectionFileTests : IDisposable
{
    private const int Dimension = 4;
    private const int Count = 30;
    private static readonly EmbeddingModelId _model = EmbeddingModelId.Create("files", "1", "00112233aabbccdd");
    private readonly LocalCollectionFixture _local = new(exactUpTo: 10, segmentSize: 15);
    private readonly float[][] _vectors = new RandomVectors(8).Clustered(Count, Dimension, clusters: 5);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _local.Dispose();

    [Fact]
    public async Task Snapshot_WithAFlippedBitAnywhere_IsRefused_ByTheNameOfTheSectionThatHasIt()
    {
        var (folder, file, anatomy) = await SnapshotAsync();
        Assert.Equal(["head", "contents", "segments", "entries", "head", "shape", "levels", "free slots", "vectors", "links", "ids"], anatomy.Sections.Select(section => section.Name));
        var bits = RandomBits(file, 400).Concat(Enumerable.Range(0, 8 * anatomy.Sections[1].End));
        foreach (var bit in bits)
        {
            var damaged = file.ToArray();
            damaged[bit / 8] ^= (byte)(1 << bit % 8);
            Assert.Equal(anatomy.SectionAt(bit / 8).Name, FileAnatomy.NameIn(Refused(folder, damaged)));
        }
    }

    [Fact]
    public async Task Snapshot_CutOffAnywhere_WithMoreBehindIt_OrOfAVersionToCome_IsRefused()
    {
        var (folder, file, _) = await SnapshotAsync();
        for (var length = 0; length < file.Length; length++)
            Refused(folder, file[..length]);
        Assert.Contains("behind", Refused(folder, [.. file, 0]).Message, StringComparison.Ordinal);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(8), 3);
        Assert.Contains("of version 3; this program reads versions 1 to 2", Refused(folder, file).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Snapshot_MadeOnPurpose_IsRefusedOrUsedAsItIs()
    {
        var (folder, file, anatomy) = await SnapshotAsync();
        int[] worst = [int.MaxValue, int.MinValue, -1, 0, 1, 2, 1 << 30, 0x7FC0_0000];
        var refused = 0;
        var random = new Random(4);
        for (var i = 0; i < 500; i++)
        {
            var section = anatomy.Sections[random.Next(anatomy.Sections.Count)];
            if (section.End - section.Start <= 12) continue;
            // Any byte: keys and kinds make fields begin anywhere.
            var at = section.Start + random.Next(section.End - section.Start - 4);
            var forged = anatomy.Forged(at, BitConverter.GetBytes(random.Next(2) == 0 ? worst[random.Next(worst.Length)] : random.Next(-3, 40)));
            await File.WriteAllBytesAsync(folder.Snapshot, forged, Cancellation);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                await using var collection = _local.Open(folder.Path, _model);
                await collection.SearchAsync(_model, _vectors[0], 100, Cancellation);
            }
            catch (InvalidDataException)
            {
                refused++;
            }
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000_000);
        }
        Assert.True(refused > 100, $"Only {refused} were refused.");
    }

    [Fact]
    public async Task Journal_WithAFlippedBitAnywhere_IsRefused_OrLosesItsLastRecordAsIfThatHadBeenCutOff()
    {
        var (path, file, ends) = await JournalAsync();
        var head = ends[0];
        var bits = RandomBits(file, 600).Concat(Enumerable.Range(0, 8 * head));
        foreach (var bit in bits)
        {
            var damaged = file.ToArray();
            damaged[bit / 8] ^= (byte)(1 << bit % 8);
            await File.WriteAllBytesAsync(path, damaged, Cancellation);
            if (bit / 8 < ends[^2])
            {
                var error = Assert.Throws<InvalidDataException>(() => _local.Open(Path.GetDirectoryName(path)!, _model));
                Assert.Contains(bit / 8 < 12 ? "SEARCHJL file" : bit / 8 < head ? "section 'head'" : "The journal is damaged", error.Message, StringComparison.Ordinal);
                Assert.Equal(damaged, await File.ReadAllBytesAsync(path, Cancellation));
                continue;
            }
            await using var collection = _local.Open(Path.GetDirectoryName(path)!, _model);
            Assert.Equal(ends.Length - 2, collection.Count);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(int.MaxValue)]
    [InlineData(0)]
    public async Task Journal_OfAnotherVersion_IsRefused(int version)
    {
        var (path, file, _) = await JournalAsync();
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(8), version);
        await File.WriteAllBytesAsync(path, file, Cancellation);
        var error = Assert.Throws<InvalidDataException>(() => _local.Open(Path.GetDirectoryName(path)!, _model));
        Assert.Contains($"of version {version}; this program reads versions 1 to 1", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, long, float[]> ImpossibleRecords => new()
    {
        { "no key", 1, [1, 0, 0, 0] },
        { "", 1, [1, 0, 0, 0] },
        { "a/-1", 1, [1, 0, 0, 0] },
        { "a/0", 1, [float.NaN, 0, 0, 0] },
        { "a/0", 1, [float.PositiveInfinity, 0, 0, 0] },
        { "a/0", 1, [0, 0, 0, 0] },
        { "a/0", 1, [1, 0, 0] },
        { "a/0", 1, [1, 0, 0, 0, 0] },
    };

    [Theory]
    [MemberData(nameof(ImpossibleRecords))]
    public async Task Journal_WithARecordThatNoProgramWrote_AndAGoodChecksum_IsRefused(string key, long revision, float[] vector)
    {
        var (path, file, _) = await JournalAsync();
        var payload = new ArrayBufferWriter<byte>();
        new JournalRecord(JournalOperation.Upsert, key, revision, vector).WriteTo(payload);
        byte[] frame = [.. BitConverter.GetBytes(payload.WrittenCount), .. BitConverter.GetBytes(Crc32C.Of(payload.WrittenSpan)), .. payload.WrittenSpan];
        await File.WriteAllBytesAsync(path, [.. file, .. frame], Cancellation);
        Assert.Contains("journal", Assert.Throws<InvalidDataException>(() => _local.Open(Path.GetDirectoryName(path)!, _model)).Message, StringComparison.Ordinal);
    }

    /// <summary>A collection of an exact segment, a graph and frozen files, its snapshot and what is in that.</summary>
    private async Task<((string Path, string Snapshot) Folder, byte[] File, FileAnatomy Anatomy)> SnapshotAsync()
    {
        await using var collection = _local.Create(_model, Dimension);
        await AddAsync(collection, 0, Count);
        await Wait.UntilAsync(async () => (await collection.GetStatisticsAsync(Cancellation)).Building is null);
        await collection.RemoveAsync([new VectorRemoval("item29/0", 1)], Cancellation);
        await collection.SnapshotAsync(Cancellation);
        var copy = _local.KilledCopy(_model, "snapshot");
        var folder = (copy, Path.Combine(copy, "00000001.snapshot"));
        var file = await File.ReadAllBytesAsync(folder.Item2, Cancellation);
        return (folder, file, FileAnatomy.Of([.. file], damaged => throw Refused(folder, damaged)));
    }

    /// <returns>A journal and where its head and each of its records end.</returns>
    private async Task<(string Path, byte[] File, int[] Ends)> JournalAsync()
    {
        var ends = new List<int>();
        await using (var collection = _local.Create(_model, Dimension))
        {
            var path = Path.Combine(_local.PathOf(_model), "00000000.journal");
            ends.Add((int)new FileInfo(path).Length);
            for (var i = 0; i < 6; i++)
            {
                await AddAsync(collection, i, i + 1);
                ends.Add((int)new FileInfo(path).Length);
            }
        }
        var copy = Path.Combine(_local.KilledCopy(_model, "journal"), "00000000.journal");
        return (copy, await File.ReadAllBytesAsync(copy, Cancellation), [.. ends]);
    }

    private InvalidDataException Refused((string Path, string Snapshot) folder, byte[] file)
    {
        File.WriteAllBytes(folder.Snapshot, file);
        var error = Assert.Throws<InvalidDataException>(() => _local.Open(folder.Path, _model));
        Assert.Equal(file.Length, new FileInfo(folder.Snapshot).Length);
        return error;
    }

    private static IEnumerable<int> RandomBits(byte[] file, int count)
    {
        var random = new Random(8);
        return Enumerable.Range(0, count).Select(_ => random.Next(8 * file.Length));
    }

    private Task<IReadOnlyList<UpsertOutcome>> AddAsync(LocalVectorCollection collection, int first, int end) =>
        collection.UpsertAsync(_model, [.. Enumerable.Range(first, end - first).Select(i => new VectorEntry($"item{i}/0", 1, _vectors[i]))], Cancellation);
}
