using System.Diagnostics;
using Search.Ann.Indexes;
using Search.Ann.Indexes.Hnsw;
using Search.Vectors;

namespace Search.Benchmarks.Ann;

/// <summary>
/// <c>retrieval --sets DIR --set NAME [--indexes hnsw,hnsw-frozen,...] [--efforts 10,20,...] [--m 16] [--ef-construction 200] [--rounds 3]</c>: recall@10 against queries a second on one
/// thread, for each of <see cref="SweepEngines"/> and each effort, as JSON lines in the peers' format, so that one comparison reads ours and theirs. Builds with all cores. <c>bytes</c> are those in
/// memory by the index's own account, <c>mapped</c> those in files.
/// </summary>
internal static class RetrievalVerb
{
    private const int K = 10;

    internal static Task<int> RunAsync(string[] args)
    {
        var options = new VerbOptions(args, "sets", "set", "indexes", "efforts", "m", "ef-construction", "rounds");
        var graph = new HnswOptions { M = options.Number("m", 16), EfConstruction = options.Number("ef-construction", 200) };
        var efforts = options.Find("efforts")?.Split(',').Select(int.Parse).ToArray();
        var engines = (options.Find("indexes") ?? "hnsw").Split(',').Select(name => (Name: name, Engine: SweepEngines.Require(name))).ToArray();
        var set = VectorSet.Read(options.Require("sets"), options.Require("set"));
        foreach (var (name, engine) in engines)
        {
            var start = Stopwatch.GetTimestamp();
            using var index = engine.Build(set, graph);
            var build = Stopwatch.GetElapsedTime(start);
            // What building left behind is collected now rather than beside the searches.
            GC.Collect();
            var memory = index.Describe().Memory;
            foreach (var effort in engine.Efforts is [0] ? engine.Efforts : efforts ?? engine.Efforts)
            {
                var run = Measure(index, set, effort, options.Number("rounds", 3));
                JsonLine.Write(new
                {
                    engine = $"ours-{name}", set = set.Name, M = graph.M, efc = graph.EfConstruction, ef = effort,
                    recall10 = Math.Round(run.Recall, 4), qps = Math.Round(run.QueriesPerSecond, 1), p50_us = run.P50, p99_us = run.P99,
                    build_s = Math.Round(build.TotalSeconds, 2), bytes = memory.Resident, mapped = memory.Mapped, distances = run.Distances,
                });
            }
        }
        return Task.FromResult(0);
    }

    /// <summary>The best of a few rounds, as the peers do.</summary>
    private static Run Measure(IVectorIndex index, VectorSet set, int effort, int rounds)
    {
        var options = new SearchOptions { Effort = effort };
        var results = new ScoredId[K];
        var microseconds = new double[set.Queries.Length];
        var best = default(Run);
        for (var round = 0; round < rounds; round++)
        {
            var (hits, distances) = (0, 0L);
            for (var q = 0; q < set.Queries.Length; q++)
            {
                var start = Stopwatch.GetTimestamp();
                var found = index.Search(set.Queries[q], K, options, results, out var statistics);
                microseconds[q] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
                distances += statistics.DistancesComputed;
                var truth = set.Truth[q].AsSpan(0, K);
                foreach (var result in results.AsSpan(0, found))
                    hits += truth.Contains((int)result.Id) ? 1 : 0;
            }
            var queries = set.Queries.Length;
            var perSecond = queries / (microseconds.Sum() * 1e-6);
            Array.Sort(microseconds);
            if (perSecond > best.QueriesPerSecond)
                best = new Run(hits / (double)(K * queries), perSecond, Math.Round(microseconds[queries / 2], 1), Math.Round(microseconds[queries * 99 / 100], 1), distances / queries);
        }
        return best;
    }

    private readonly record struct Run(double Recall, double QueriesPerSecond, double P50, double P99, long Distances);
}
