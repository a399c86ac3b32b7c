using System.Diagnostics;
using System.Globalization;
using Search.Ann.Indexes;
using Search.Ann.Indexes.Hnsw;
using Search.Ann.Indexes.Hnsw.Frozen;
using Search.Vectors;

namespace Search.Benchmarks.Ann;

/// <summary>
/// <c>frozen-file --sets DIR --set NAME --file PATH [--ef 40] [--m 16]</c>: a frozen graph in a file, opened each of the ways there are: time to open, memory of the process a vector afterwards (its own, and mapped pages of
/// the file), recall and queries a second. The first run builds the file where there is none and says so; memory is told apart best in a process that has built nothing, so run it again.
/// </summary>
internal static class FrozenFileVerb
{
    private const int K = 10;

    internal static Task<int> RunAsync(string[] args)
    {
        var options = new VerbOptions(args, "sets", "set", "file", "ef", "m");
        var path = options.Require("file");
        var set = VectorSet.Read(options.Require("sets"), options.Require("set"));
        if (!File.Exists(path))
        {
            using var live = new HnswIndexFactory(new HnswOptions { M = options.Number("m", 16) }).Create(new IndexShape(VectorMetric.SquaredL2, set.Dimension));
            live.UpsertAll(Enumerable.Range(0, set.Count).Select(i => (long)i).ToArray(), set.Base);
            using var frozen = HnswFreezer.Freeze(live);
            using var stream = File.Create(path);
            frozen.Save(stream);
            Console.Error.WriteLine($"Built {path}. Run again for memory.");
        }
        foreach (var verification in Enum.GetValues<FileVerification>())
        {
            foreach (var rowsInMemory in (bool[])[true, false])
                Measure(path, set, verification, rowsInMemory, options.Number("ef", 40));
        }
        return Task.FromResult(0);
    }

    private static void Measure(string path, VectorSet set, FileVerification verification, bool rowsInMemory, int ef)
    {
        GC.Collect();
        var before = Resident();
        var start = Stopwatch.GetTimestamp();
        using var index = HnswFreezer.Open(path, new FrozenHnswOptions { RowsInMemory = rowsInMemory }, verification);
        var open = Stopwatch.GetElapsedTime(start);
        var results = new ScoredId[K];
        index.Search(set.Queries[0], K, default, results, out _);
        var first = Stopwatch.GetElapsedTime(start);
        // Saving waits for the check beside the searches.
        index.Save(Stream.Null);
        var search = new SearchOptions { Effort = ef };
        var (hits, best) = (0, TimeSpan.MaxValue);
        for (var round = 0; round < 3; round++)
        {
            hits = 0;
            var lap = Stopwatch.GetTimestamp();
            for (var q = 0; q < set.Queries.Length; q++)
            {
                var found = index.Search(set.Queries[q], K, search, results, out _);
                foreach (var result in results.AsSpan(0, found))
                    hits += set.Truth[q].AsSpan(0, K).Contains((int)result.Id) ? 1 : 0;
            }
            var elapsed = Stopwatch.GetElapsedTime(lap);
            if (elapsed < best) best = elapsed;
        }
        var after = Resident();
        JsonLine.Write(new
        {
            set = set.Name,
            count = index.Count,
            verification = verification.ToString(),
            rowsInMemory,
            openMs = Math.Round(open.TotalMilliseconds, 1),
            firstAnswerMs = Math.Round(first.TotalMilliseconds, 1),
            ef,
            recall10 = Math.Round(hits / (double)(K * set.Queries.Length), 4),
            qps = Math.Round(set.Queries.Length / best.TotalSeconds),
            fileBytesAVector = Math.Round(new FileInfo(path).Length / (double)index.Count, 1),
            ownBytesAVector = Math.Round((after.Own - before.Own) / (double)index.Count, 1),
            mappedBytesAVector = Math.Round((after.Mapped - before.Mapped) / (double)index.Count, 1),
        });
    }

    private static (long Own, long Mapped) Resident()
    {
        if (!OperatingSystem.IsLinux()) return default;
        long Of(string name) => File.ReadLines("/proc/self/status").Where(line => line.StartsWith(name, StringComparison.Ordinal))
            .Select(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1_024).First();
        return (Of("RssAnon:"), Of("RssFile:"));
    }
}
