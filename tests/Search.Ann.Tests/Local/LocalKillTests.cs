using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Search.Ann.Collections;
using Search.Ann.Local;
using Search.Contracts;
using Search.Testing;
using Search.Testing.Vectors;

namespace Search.Ann.Tests.Local;

/// <summary>The same promise as <see cref="LocalCrashTests"/>, with a process that is really killed while it writes.</summary>
public sealed class LocalKillTests
{
    private const string FolderVariable = "SEARCH_KILL_TEST_FOLDER";
    private const int Dimension = 32;
    private static readonly EmbeddingModelId _model = EmbeddingModelId.Create("kill", "1", "00112233aabbccdd");

    [Fact]
    public async Task Killed_WhileItWritesAndSnapshots_TheProcessLosesNoAcknowledgedWrite()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is not null) return; // this is the process to be killed
        var host = Path.Combine(AppContext.BaseDirectory, "Search.Ann.Tests" + (OperatingSystem.IsWindows() ? ".exe" : ""));
        if (!File.Exists(host)) Assert.Skip("The test project was started without its own executable.");
        using var folder = new TemporaryFolder();
        using var local = new LocalCollectionFixture(exactUpTo: 200); // the graph is under construction at some of the kills
        var random = new Random(11);
        for (var round = 0; round < 4; round++)
        {
            var acknowledgedBefore = Acknowledged(folder);
            var start = new ProcessStartInfo(host) { RedirectStandardOutput = true, ArgumentList = { "-method", $"{typeof(LocalKillTests)}.{nameof(Write_UntilKilled)}" } };
            start.Environment[FolderVariable] = folder.Path;
            using (var process = Process.Start(start)!)
            {
                var more = random.Next(1, 400);
                await Wait.UntilAsync(() => process.HasExited || Acknowledged(folder) >= acknowledgedBefore + more, TimeSpan.FromMinutes(1));
                Assert.False(process.HasExited, "The writer ended by itself.");
                process.Kill();
                await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            }

            var acknowledged = Acknowledged(folder);
            await using var restarted = local.Open(CollectionFolder.For(folder.Path, _model), _model);
            for (var i = 0L; i < acknowledged; i++)
            {
                var stored = await restarted.GetAsync(_model, Key(i), TestContext.Current.CancellationToken);
                Assert.True(stored is not null, $"write {i} of {acknowledged} acknowledged is gone after kill {round}");
                Assert.Equal(Entry(i).Vector, stored.Vector);
            }
            // At most the one batch that was in the journal and not yet acknowledged.
            Assert.InRange(restarted.Count, acknowledged, acknowledged + Batch);
        }
    }

    [Fact]
    public async Task Write_UntilKilled()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is not { } path) return; // only ever runs as a process of its own
        using var local = new LocalCollectionFixture(exactUpTo: 200);
        var folder = CollectionFolder.For(path, _model);
        LocalVectorCollection.Create(folder, _model, Dimension);
        await using var collection = LocalVectorCollection.Open(folder, _model, local.Settings, NullLogger.Instance);
        var next = (long)collection.Count;
        await using var acknowledgements = new FileStream(Path.Combine(path, "acknowledged"), FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        while (true)
        {
            await collection.UpsertAsync(_model, [.. Enumerable.Range(0, Batch).Select(i => Entry(next + i))], CancellationToken.None);
            next += Batch;
            acknowledgements.Position = 0;
            acknowledgements.Write(System.Text.Encoding.ASCII.GetBytes(next.ToString("D12", CultureInfo.InvariantCulture)));
            if (next / Batch % 20 == 0) await collection.SnapshotAsync(CancellationToken.None);
        }
    }

    private const int Batch = 3;

    private static string Key(long i) => ImageKey.Create($"item{i}", 0);

    private static VectorEntry Entry(long i) => new(Key(i), i, new RandomVectors((int)i).Unit(Dimension));

    // The file is written in place, twelve digits at a time; before the first write it is missing or empty.
    private static long Acknowledged(TemporaryFolder folder)
    {
        var file = folder["acknowledged"];
        if (!File.Exists(file)) return 0;
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return long.TryParse(reader.ReadToEnd(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }
}
