using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Search.Ann.Local;
using Search.Testing;

namespace Search.Ann.Tests.Local;

/// <summary>The same promise as <see cref="LocalCrashTests"/>, with a process that is really killed, hundreds of times, whatever it is doing.</summary>
public sealed class LocalKillTests(ITestOutputHelper output)
{
    private const int Kills = 110;

    // Killed again before anybody has opened it in peace: recovery is killed too.
    private const int KillsBetweenLooks = 3;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Killed_AtAnyMoment_TheProcessLosesNoAcknowledgedWrite(int seed)
    {
        var host = Path.Combine(AppContext.BaseDirectory, "Search.Ann.Tests" + (OperatingSystem.IsWindows() ? ".exe" : ""));
        if (!File.Exists(host)) Assert.Skip("The test project was started without its own executable.");
        output.WriteLine($"seed {seed}");
        using var folder = new TemporaryFolder();
        var path = CollectionFolder.For(folder.Path, KilledWriter.Model);
        var random = new Random(seed);
        // What may be stored under each key: revisions, 0 for none. One where the last write was acknowledged.
        var possible = Enumerable.Range(0, KilledWriter.Keys).ToDictionary(KilledWriter.Key, _ => new HashSet<long> { 0 });
        var (next, segments, slowest) = (1, 0, TimeSpan.Zero);
        for (var kill = 1; kill <= Kills; kill++)
        {
            var last = await RunAndKillAsync(host, path, next, random);
            for (; next <= last; next++)
                Note(possible, next, isAcknowledged: true);
            // The one at work may have come as far as the journal, or not.
            Note(possible, next++, isAcknowledged: false);
            if (kill % KillsBetweenLooks != 0) continue;

            segments += Directory.EnumerateFiles(path, "*.segment").Count();
            var started = Stopwatch.GetTimestamp();
            using var local = KilledWriter.Settings;
            await using var collection = LocalVectorCollection.Open(path, KilledWriter.Model, local.Settings, NullLogger.Instance);
            var recovery = Stopwatch.GetElapsedTime(started);
            if (recovery > slowest) slowest = recovery;
            await AssertHoldsAsync(collection, possible, $"seed {seed}, kill {kill}, {last} acknowledged");
        }
        output.WriteLine($"{Kills} kills, {next} operations, slowest recovery {slowest.TotalMilliseconds:f1} ms, {segments} segment files found");
        // Otherwise it would not have been killed in the places that matter.
        Assert.True(segments > 0);
    }

    /// <returns>The last operation that was acknowledged; the one before <paramref name="next"/> where none was.</returns>
    private static async Task<int> RunAndKillAsync(string host, string path, int next, Random random)
    {
        var start = new ProcessStartInfo(host) { RedirectStandardOutput = true };
        // A killed process cannot delete its diagnostics pipes.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment[KilledWriter.FolderVariable] = path;
        start.Environment[KilledWriter.NextVariable] = next.ToString(CultureInfo.InvariantCulture);
        // Nothing is worth compiling twice in so short a life.
        start.Environment["DOTNET_TieredPGO"] = "0";
        using var process = Process.Start(start)!;
        var last = next - 1;
        // Some are killed while they start and recover, most so many acknowledgements and a moment after that.
        if (random.Next(8) == 0) await Task.Delay(random.Next(40, 160), TestContext.Current.CancellationToken);
        else
        {
            for (var acknowledgements = 1 + random.Next(60); acknowledgements > 0; acknowledgements--)
                Hear(await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("The writer ended by itself."));
            await Task.Delay(TimeSpan.FromMicroseconds(random.Next(4_000)), TestContext.Current.CancellationToken);
        }
        Assert.False(process.HasExited, "The writer ended by itself.");
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        // What it said before it died is still in the pipe.
        foreach (var line in (await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Hear(line);
        return last;

        void Hear(string line) => last = Math.Max(last, int.Parse(line, CultureInfo.InvariantCulture));
    }

    private static void Note(Dictionary<string, HashSet<long>> possible, int number, bool isAcknowledged)
    {
        foreach (var key in KilledWriter.KeysOf(number, out var isRemoval))
        {
            if (isAcknowledged) possible[key].Clear();
            possible[key].Add(isRemoval ? 0 : number);
        }
    }

    private static async Task AssertHoldsAsync(LocalVectorCollection collection, Dictionary<string, HashSet<long>> possible, string when)
    {
        var stored = new Dictionary<string, long>();
        foreach (var (key, revisions) in possible)
        {
            var entry = await collection.GetAsync(KilledWriter.Model, key, TestContext.Current.CancellationToken);
            var revision = entry?.Revision ?? 0;
            Assert.True(revisions.Contains(revision), $"{when}: '{key}' has revision {revision}, where it can be {string.Join(", ", revisions)}.");
            if (entry is null) continue;
            Assert.Equal(KilledWriter.VectorOf(key, revision), entry.Vector);
            stored[key] = revision;
            // From here on this is what it is.
            revisions.IntersectWith([revision]);
        }
        foreach (var (key, revisions) in possible)
            revisions.IntersectWith([stored.GetValueOrDefault(key)]);
        Assert.Equal(stored.Count, collection.Count);
        var all = await collection.SearchAsync(KilledWriter.Model, KilledWriter.VectorOf("query/0", 1), 10_000, TestContext.Current.CancellationToken);
        Assert.Equal(stored.Keys.Order(StringComparer.Ordinal), all.Neighbours.Select(n => n.ImageKey).Order(StringComparer.Ordinal));
        foreach (var (key, revision) in stored.Take(20))
            Assert.Equal(key, (await collection.SearchAsync(KilledWriter.Model, KilledWriter.VectorOf(key, revision), 1, TestContext.Current.CancellationToken)).Neighbours[0].ImageKey);
    }
}
