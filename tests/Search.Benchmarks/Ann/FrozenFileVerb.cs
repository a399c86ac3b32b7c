using System.Diagnostics;
using System.Globalization;
using Search.Ann.Indexes;
using Search.Ann.Indexes.Hnsw;
using Search.Ann.Indexes.Hnsw.Frozen;
using Search.Benchmarks.Comparison;
using Search.Testing;
using Search.Vectors;

namespace Search.Benchmarks.Ann;

/// <summary>
/// <c>frozen-file --sets DIR --set NAME [--file PATH] [--ef 40] [--m 16]</c>: a frozen graph in a file, opened each of the ways there are: time to open, memory of the process a vector afterwards, its own, also against
/// what hnswlib takes, and mapped pages of the file; recall and queries a second. A file that is not there is built first, by a process of its own: what building leaves behind would count as the index's memory.
/// </summary>
internal static class FrozenFileVerb
{
    private const int K = 10;

    internal static async Task<int> RunAsync(string[] args)
    {
        var options = new VerbOptions(args, "sets", "set", "file", "ef", "m", "only");
        using var folder = new TemporaryFolder();
        var path = options.Find("file") ?? folder["frozen.index"];
        var m = options.Number("m", 16);
        if (options.Find("only") == "build")
        {
            Build(path, VectorSet.Read(options.Require("sets"), options.Require("set")), m);
            return 0;
        }
        if (!File.Exists(path))
        {
            var (program, leading) = ProgramRun.Self;
            string[] rest = [.. args.Chunk(2).Where(pair => pair[0] != "--file").SelectMany(pair => pair)];
            var end = await ProgramRun.RunAsync(program, [.. leading, "frozen-file", .. rest, "--file", path, "--only", "build"], TimeSpan.FromDays(1), _ => { }, echoErrors: true);
            if (end.Failure is { } failure) throw new ArgumentException($"The file could not be built: {failure}", nameof(args));
        }
        var set = VectorSet.Read(options.Require("sets"), options.Require("set"));
        foreach (var verification in Enum.GetValues<FileVerification>())
        {
            foreach (var rowsInMemory in (bool[])[true, false])
                Measure(path, set, verification, rowsInMemory, options.Number("ef", 40), HnswlibBytes(set.Dimension, m));
        }
        return 0;
    }

    private static void Build(string path, VectorSet set, int m)
    {
        using var live = new HnswIndexFactory(new HnswOptions { M = m }).Create(new IndexShape(VectorMetric.SquaredL2, set.Dimension));
        live.UpsertAll(Enumerable.Range(0, set.Count).Select(i => (long)i).ToArray(), set.Base);
        using var frozen = HnswFreezer.Freeze(live);
        using var stream = File.Create(path);
        frozen.Save(stream);
        Console.Error.WriteLine($"Built {path}.");
    }

    /// <summary>What hnswlib allocates a vector, and its program reports: 2M links and their number, the vector, the label, and the address of the links above; 660 bytes for 128 dimensions and M 16.</summary>
    private static long HnswlibBytes(int dimension, int m) => sizeof(int) * (2 * m + 1L) + sizeof(float) * (long)dimension + sizeof(long) + sizeof(long);

    private static void Measure(string path, VectorSet set, FileVerification verification, bool rowsInMemory, int ef, long hnswlibBytes)
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
        var opened = Resident();
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
        double AVector(long bytes) => Math.Round(bytes / (double)index.Count, 1);
        var own = AVector(after.Own - before.Own);
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
            fileBytesAVector = AVector(new FileInfo(path).Length),
            ownBytesAVector = own,
            // What the system has kept of the file, and takes back when it needs the room: before the searches, and with all they have asked for.
            mappedBytesAVectorOpened = AVector(opened.Mapped - before.Mapped),
            mappedBytesAVector = AVector(after.Mapped - before.Mapped),
            hnswlibBytesAVector = hnswlibBytes,
            ownToHnswlib = Math.Round(own / hnswlibBytes, 3),
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
