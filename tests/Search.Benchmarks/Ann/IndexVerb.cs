using System.Diagnostics;
using Search.Ann.Indexes;
using Search.Ann.Indexes.Exact;
using Search.Ann.Indexes.Hnsw;
using Search.Ann.Indexes.Lsh;
using Search.Ann.Indexes.Tree;
using Search.Testing.Vectors;
using Search.Vectors;

namespace Search.Benchmarks.Ann;

/// <summary>
/// Every index of the library on the same clustered vectors: build time, then recall@k against exact search, queries a second on one thread and
/// distances a query for each effort.
/// </summary>
internal static class IndexVerb
{
    internal static Task<int> RunAsync(string[] args)
    {
        var options = new VerbOptions(args, "count", "dimension", "clusters", "queries", "k", "m", "ef-construction", "efforts");
        var (count, dimension, k) = (options.Number("count", 20_000), options.Number("dimension", 128), options.Number("k", 10));
        var efforts = (options.Find("efforts") ?? "10,20,40,80,128,200,320").Split(',').Select(int.Parse).ToArray();
        var random = new RandomVectors(1);
        var all = random.Clustered(count + options.Number("queries", 500), dimension, options.Number("clusters", 100));
        var (vectors, queries) = (all[..count], all[count..]);

        var catalogue = new IndexCatalogue(
            new ExactIndexFactory(),
            new ForestIndexFactory(),
            new LshIndexFactory(),
            new HnswIndexFactory(new HnswOptions { M = options.Number("m", 16), EfConstruction = options.Number("ef-construction", 200) }));
        using var oracle = Build(catalogue[ExactIndexFactory.IndexName], vectors, out var exactBuild);
        Report(oracle, oracle, queries, k, effort: 0, exactBuild);
        foreach (var name in catalogue.Names.Where(name => name != ExactIndexFactory.IndexName))
        {
            using var index = Build(catalogue[name], vectors, out var build);
            foreach (var effort in efforts)
                Report(index, oracle, queries, k, effort, build);
        }
        return Task.FromResult(0);
    }

    private static IMutableVectorIndex Build(IVectorIndexFactory factory, float[][] vectors, out TimeSpan elapsed)
    {
        var start = Stopwatch.GetTimestamp();
        var index = factory.Create(new IndexShape(VectorMetric.Cosine, vectors[0].Length));
        for (var i = 0; i < vectors.Length; i++)
            index.Upsert(i, vectors[i]);
        elapsed = Stopwatch.GetElapsedTime(start);
        return index;
    }

    private static void Report(IVectorIndex index, IVectorIndex oracle, float[][] queries, int k, int effort, TimeSpan build)
    {
        var options = new SearchOptions { Effort = effort };
        var results = new ScoredId[k];
        var truth = new ScoredId[k];
        var (hits, distances) = (0, 0L);
        foreach (var query in queries)
        {
            var found = index.Search(query, k, options, results, out var statistics);
            distances += statistics.DistancesComputed;
            var worst = truth[oracle.Search(query, k, default, truth, out _) - 1].Score;
            foreach (var result in results.AsSpan(0, found))
                hits += result.Score >= worst ? 1 : 0;
        }

        var cpu = Environment.CpuUsage.TotalTime;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        foreach (var query in queries)
            index.Search(query, k, options, results, out _);
        var elapsed = Stopwatch.GetElapsedTime(start);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        JsonLine.Write(new
        {
            index = index.Name,
            count = index.Count,
            dimension = index.Dimension,
            kernels = VectorKernels.Path.ToString(),
            buildSeconds = Math.Round(build.TotalSeconds, 2),
            k,
            effort,
            recall = Math.Round(hits / (double)(k * queries.Length), 4),
            queriesPerSecond = Math.Round(queries.Length / elapsed.TotalSeconds),
            cpuMicrosecondsPerQuery = Math.Round((Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / queries.Length, 1),
            distancesPerQuery = distances / queries.Length,
            allocatedBytes = allocated,
        });
    }
}
