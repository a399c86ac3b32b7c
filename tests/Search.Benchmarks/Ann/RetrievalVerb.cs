using System.Diagnostics;
using Search.Ann.Indexes;
using Search.Ann.Indexes.Exact;
using Search.Ann.Indexes.Hnsw;
using Search.Ann.Indexes.Hnsw.Frozen;
using Search.Ann.Indexes.Lsh;
using Search.Ann.Indexes.Tree;
using Search.Vectors;

namespace Search.Benchmarks.Ann;

/// <summary>
/// <c>retrieval --sets DIR --set NAME [--indexes exact,forest,hnsw,hnsw-frozen,lsh] [--efforts 10,20,...] [--m 16] [--ef-construction 200] [--rounds 3]</c>: recall@10 against queries a second on one
/// thread, for each index and effort, as JSON lines in the peers' format, so that one comparison reads ours and theirs. Builds with all cores.
/// </summary>
internal static class RetrievalVerb
{
    private const int K = 10;

    internal static Task<int> RunAsync(string[] args)
    {
        var options = new VerbOptions(args, "sets", "set", "indexes", "efforts", "m", "ef-construction", "rounds");
        var (m, efConstruction) = (options.Number("m", 16), options.Number("ef-construction", 200));
        var efforts = (options.Find("efforts") ?? "10,20,40,80,160,320").Split(',').Select(int.Parse).ToArray();
        var set = VectorSet.Read(options.Require("sets"), options.Require("set"));
        var catalogue = new IndexCatalogue(
            new ExactIndexFactory(), new ForestIndexFactory(), new HnswIndexFactory(new HnswOptions { M = m, EfConstruction = efConstruction }), new LshIndexFactory());
        var ids = Enumerable.Range(0, set.Count).Select(i => (long)i).ToArray();
        foreach (var name in (options.Find("indexes") ?? "hnsw").Split(','))
        {
            var frozen = name == "hnsw-frozen";
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var start = Stopwatch.GetTimestamp();
            var live = catalogue[frozen ? HnswIndexFactory.IndexName : name].Create(new IndexShape(VectorMetric.SquaredL2, set.Dimension));
            live.UpsertAll(ids, set.Base);
            using IVectorIndex index = frozen ? HnswFreezer.Freeze(live) : live;
            live = null;
            var build = Stopwatch.GetElapsedTime(start);
            var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
            foreach (var effort in name == ExactIndexFactory.IndexName ? [0] : efforts)
            {
                var run = Measure(index, set, effort, options.Number("rounds", 3));
                JsonLine.Write(new
                {
                    engine = $"ours-{name}", set = set.Name, M = m, efc = efConstruction, ef = effort,
                    recall10 = Math.Round(run.Recall, 4), qps = Math.Round(run.QueriesPerSecond), p50_us = run.P50, p99_us = run.P99,
                    build_s = Math.Round(build.TotalSeconds, 1), bytes, distances = run.Distances,
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
