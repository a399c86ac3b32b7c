using System.Diagnostics;
using System.Globalization;
using Search.Ann.Indexes;
using Search.Ann.Indexes.Hnsw;
using Search.Ann.Indexes.Hnsw.Frozen;
using Search.Ann.Indexes.Tree;
using Search.Ann.Indexes.Tree.Frozen;
using Search.Benchmarks.Comparison;
using Search.Testing;
using Search.Vectors;

namespace Search.Benchmarks.Ann;

/// <summary>
/// <c>frozen-file --sets DIR --set NAME [--kind hnsw|forest] [--file PATH] [--ef 40] [--m 16]</c>: a frozen index in a file, opened each of the ways there are: time to open, memory of the process a vector afterwards,
/// its own, also against what hnswlib takes, and mapped pages of the file; recall and queries a second. A file that is not there is built first, by a process of its own: what building leaves behind would count as the index's memory.
/// </summary>
internal static class FrozenFileVerb
{
    private const int K = 10;

    private static readonly Dictionary<string, FrozenKind> _kinds = new(StringComparer.Ordinal)
    {
        [HnswIndexFactory.IndexName] = new(m => new HnswIndexFactory(new HnswOptions { M = m }), 40, [Graph(true), Graph(false)]),
        [ForestIndexFactory.IndexName] = new(_ => new ForestIndexFactory(), new ForestOptions().Effort, [new(null, (path, verification) => ForestFreezer.Open(path, verification: verification))]),
    };

    internal static async Task<int> RunAsync(string[] args)
    {
        var options = new VerbOptions(args, "sets", "set", "kind", "file", "ef", "m", "only");
        using var folder = new TemporaryFolder();
        var path = options.Find("file") ?? folder["frozen.index"];
        var m = options.Number("m", 16);
        var kind = options.Find("kind") ?? HnswIndexFactory.IndexName;
        if (!_kinds.TryGetValue(kind, out var frozen)) throw new ArgumentException($"'{kind}' has no frozen form; there are {string.Join(", ", _kinds.Keys)}.", nameof(args));
        if (options.Find("only") == "build")
        {
            Build(path, frozen.Factory(m), VectorSet.Read(options.Require("sets"), options.Require("set")));
            Console.Error.WriteLine($"Built {path}.");
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
            foreach (var (rowsInMemory, openFile) in frozen.Ways)
                Measure(() => openFile(path, verification), new FileInfo(path).Length, set, verification, rowsInMemory, options.Number("ef", frozen.Effort), HnswlibBytes(set.Dimension, m));
        }
        return 0;
    }

    /// <summary>Fills an index with the set, with all cores, and writes its frozen form.</summary>
    internal static void Build(string path, IVectorIndexFactory factory, VectorSet set)
    {
        using var frozen = Freeze();
        using var stream = File.Create(path);
        frozen.Save(stream);

        // The live one goes before anything is written.
        IVectorIndex Freeze()
        {
            using var live = SweepEngines.Filled(factory, set);
            return factory.Freeze(live);
        }
    }

    /// <summary>What hnswlib allocates a vector, and its program reports: 2M links and their number, the vector, the label, and the address of the links above; 660 bytes for 128 dimensions and M 16.</summary>
    private static long HnswlibBytes(int dimension, int m) => sizeof(int) * (2 * m + 1L) + sizeof(float) * (long)dimension + sizeof(long) + sizeof(long);

    private static void Measure(Func<IVectorIndex> openFile, long fileBytes, VectorSet set, FileVerification verification, bool? rowsInMemory, int ef, long hnswlibBytes)
    {
        GC.Collect();
        var before = Resident();
        var start = Stopwatch.GetTimestamp();
        using var index = openFile();
        var open = Stopwatch.GetElapsedTime(start);
        var results = new ScoredId[K];
        index.Search(set.Queries[0], K, default, results, out _);
        var first = Stopwatch.GetElapsedTime(start);
        // Saving waits for the check beside the searches.
        index.Save(Stream.Null);
        var opened = Resident();
        var search = new SearchOptions { Effort = ef };
        var (hits, distances, best) = (0, 0L, TimeSpan.MaxValue);
        for (var round = 0; round < 3; round++)
        {
            (hits, distances) = (0, 0);
            var lap = Stopwatch.GetTimestamp();
            for (var q = 0; q < set.Queries.Length; q++)
            {
                var found = index.Search(set.Queries[q], K, search, results, out var statistics);
                distances += statistics.DistancesComputed;
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
            kind = index.Name,
            count = index.Count,
            verification = verification.ToString(),
            rowsInMemory,
            openMs = Math.Round(open.TotalMilliseconds, 1),
            firstAnswerMs = Math.Round(first.TotalMilliseconds, 1),
            ef,
            recall10 = Math.Round(hits / (double)(K * set.Queries.Length), 4),
            distances = distances / set.Queries.Length,
            qps = Math.Round(set.Queries.Length / best.TotalSeconds),
            fileBytesAVector = AVector(fileBytes),
            ownBytesAVector = own,
            // What the system has kept of the file, and takes back when it needs the room: before the searches, and with all they have asked for.
            mappedBytesAVectorOpened = AVector(opened.Mapped - before.Mapped),
            mappedBytesAVector = AVector(after.Mapped - before.Mapped),
            hnswlibBytesAVector = hnswlibBytes,
            ownToHnswlib = Math.Round(own / hnswlibBytes, 3),
        });
    }

    private static Way Graph(bool rowsInMemory) =>
        new(rowsInMemory, (path, verification) => HnswFreezer.Open(path, new FrozenHnswOptions { RowsInMemory = rowsInMemory }, verification));

    private static (long Own, long Mapped) Resident()
    {
        if (!OperatingSystem.IsLinux()) return default;
        long Of(string name) => File.ReadLines("/proc/self/status").Where(line => line.StartsWith(name, StringComparison.Ordinal))
            .Select(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1_024).First();
        return (Of("RssAnon:"), Of("RssFile:"));
    }

    /// <param name="Factory">For an M, where the kind has one.</param>
    /// <param name="Effort">Of searches where nothing else is asked for.</param>
    private sealed record FrozenKind(Func<int, IVectorIndexFactory> Factory, int Effort, Way[] Ways);

    /// <param name="RowsInMemory">Whether what leads to the vectors is copied into memory, where there is a choice.</param>
    private sealed record Way(bool? RowsInMemory, Func<string, FileVerification, IVectorIndex> Open);
}
