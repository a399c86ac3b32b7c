using System.Diagnostics;
using Search.Ann.Indexes;
using Search.Ann.Indexes.Exact;
using Search.Ann.Indexes.Hnsw;
using Search.Ann.Indexes.Hnsw.Frozen;
using Search.Ann.Indexes.Lsh;
using Search.Ann.Indexes.Tree;
using Search.Ann.Indexes.Tuning;
using Search.Testing;
using Search.Vectors;

namespace Search.Benchmarks.Growth;

/// <summary>All kinds of index at one size, one after the other.</summary>
/// <param name="target">Recall that the effort is chosen for.</param>
/// <param name="folder">Where the frozen graph's file goes; the system's temporary folder if null.</param>
/// <param name="write">Takes a line for each kind.</param>
internal sealed class GrowthStep(GeneratedSet set, GrowthQueries queries, double target, string? folder, Action<object> write)
{
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(60);

    private static readonly Dictionary<string, Func<IVectorIndexFactory>> _factories = new(StringComparer.Ordinal)
    {
        [ExactIndexFactory.IndexName] = () => new ExactIndexFactory(),
        [HnswIndexFactory.IndexName] = () => new HnswIndexFactory(),
        ["hnsw-frozen"] = () => new HnswIndexFactory(),
        [ForestIndexFactory.IndexName] = () => new ForestIndexFactory(),
        [LshIndexFactory.IndexName] = () => new LshIndexFactory(),
    };

    internal static IEnumerable<string> Kinds => _factories.Keys;

    internal void Run(string[] kinds)
    {
        // The frozen graph is made of the live one: it is built once for both.
        foreach (var kind in kinds.Where(kind => kind != "hnsw-frozen" || !kinds.Contains(HnswIndexFactory.IndexName)))
        {
            IMutableVectorIndex? live = _factories[kind]().Create(new IndexShape(VectorMetric.SquaredL2, set.Dimension));
            var build = GrowthBuild.Run(live, set);
            Collect();
            if (kind != "hnsw-frozen") Measure(kind, live, build);
            if (kind == "hnsw-frozen" || (kind == HnswIndexFactory.IndexName && kinds.Contains("hnsw-frozen"))) Freeze(ref live, build);
            live?.Dispose();
            live = null;
            Collect();
        }
    }

    /// <summary>Through a file, as a service holds it: codes and links in memory, the vectors mapped. The live graph goes as soon as it is copied: a third of the memory.</summary>
    private void Freeze(ref IMutableVectorIndex? live, TimeSpan build)
    {
        using var own = folder is null ? new TemporaryFolder() : null;
        var path = Path.Combine(folder ?? own!.Path, $"growth-{set.Count}.index");
        try
        {
            build += FreezeInto(path, ref live);
            Collect();
            using var index = HnswFreezer.Open(path);
            Measure("hnsw-frozen", index, build);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static TimeSpan FreezeInto(string path, ref IMutableVectorIndex? live)
    {
        var start = Stopwatch.GetTimestamp();
        using var frozen = HnswFreezer.Freeze(live!);
        var elapsed = Stopwatch.GetElapsedTime(start);
        live!.Dispose();
        live = null;
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        frozen.Save(stream);
        return elapsed;
    }

    private void Measure(string kind, IVectorIndex index, TimeSpan build)
    {
        var effort = 0;
        if (kind != ExactIndexFactory.IndexName)
        {
            var tuned = EffortTuner.Tune(index, queries.Tuning, new EffortTunerOptions { TargetRecall = target, TimeLimit = TimeSpan.FromMinutes(10) });
            effort = tuned.Effort;
            if (tuned.Outcome != TuningOutcome.Reached) Console.Error.WriteLine($"    {kind}: tuning ended with {tuned.Outcome}");
        }
        var run = Search(index, effort);
        var memory = index.Describe().Memory;
        write(new
        {
            growth = true, engine = $"ours-{kind}", count = set.Count, dimension = set.Dimension, ef = effort, recall10 = Math.Round(run.Recall, 4), qps = Math.Round(run.QueriesPerSecond, 1),
            p50_us = run.P50, p99_us = run.P99, build_s = Math.Round(build.TotalSeconds, 2), bytes = memory.Resident, mapped = memory.Mapped, distances = run.Distances, peak = GrowthMemory.OwnPeak(),
        });
    }

    /// <summary>The best of three rounds; fewer rounds, and of the first as many queries as the time allows, where a search takes long.</summary>
    private Measured Search(IVectorIndex index, int effort)
    {
        var options = new SearchOptions { Effort = effort };
        var results = new ScoredId[GrowthQueries.K];
        var (best, started) = (default(Measured), Stopwatch.GetTimestamp());
        for (var round = 0; round < 3 && Stopwatch.GetElapsedTime(started) < _longest; round++)
        {
            var (hits, distances, microseconds) = (0, 0L, new List<double>());
            for (var q = 0; q < queries.Count && (round > 0 || Stopwatch.GetElapsedTime(started) < _longest); q++)
            {
                var start = Stopwatch.GetTimestamp();
                var found = index.Search(queries.Query(q), GrowthQueries.K, options, results, out var statistics);
                microseconds.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
                distances += statistics.DistancesComputed;
                hits += queries.Hits(q, results.AsSpan(0, found));
            }
            var count = microseconds.Count;
            var perSecond = count / (microseconds.Sum() * 1e-6);
            microseconds.Sort();
            if (perSecond > best.QueriesPerSecond)
                best = new Measured(hits / (double)(GrowthQueries.K * count), perSecond, Math.Round(microseconds[count / 2], 1), Math.Round(microseconds[count * 99 / 100], 1), distances / count);
        }
        return best;
    }

    private static void Collect() => GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    private readonly record struct Measured(double Recall, double QueriesPerSecond, double P50, double P99, long Distances);
}
