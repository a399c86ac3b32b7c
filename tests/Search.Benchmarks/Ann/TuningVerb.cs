using System.Diagnostics;
using Search.Ann.Indexes;
using Search.Ann.Indexes.Exact;
using Search.Ann.Indexes.Hnsw;
using Search.Ann.Indexes.Hnsw.Frozen;
using Search.Ann.Indexes.Lsh;
using Search.Ann.Indexes.Rescoring;
using Search.Ann.Indexes.Rescoring.Codes;
using Search.Ann.Indexes.Tree;
using Search.Ann.Indexes.Tuning;
using Search.Vectors;

namespace Search.Benchmarks.Ann;

/// <summary>
/// <c>tuning --sets DIR --set NAME [--indexes hnsw,hnsw-frozen,forest,lsh,scalar8,product,binary] [--targets 0.9,0.95,0.98] [--queries 500]</c>: the effort that is chosen for each target on queries made from the
/// index, what it then finds of the set's own queries, its speed on one thread and its bytes by part, as JSON lines. The last three are scans of codes, rescored.
/// </summary>
internal static class TuningVerb
{
    private const int K = 10;

    private static readonly Dictionary<string, Func<IMutableVectorIndex, IVectorIndex>> _kinds = new(StringComparer.Ordinal)
    {
        ["exact"] = exact => Filled(new ExactIndexFactory(), exact),
        ["hnsw"] = exact => Filled(new HnswIndexFactory(), exact),
        ["hnsw-frozen"] = exact => HnswFreezer.Freeze(Filled(new HnswIndexFactory(), exact)),
        ["forest"] = exact => Filled(new ForestIndexFactory(), exact),
        ["lsh"] = exact => Filled(new LshIndexFactory(), exact),
        ["scalar8"] = exact => Rescored(exact, new ScalarCodeOptions()),
        ["product"] = exact => Rescored(exact, new ProductCodeOptions()),
        ["binary"] = exact => Rescored(exact, new BinaryCodeOptions()),
    };

    internal static Task<int> RunAsync(string[] args)
    {
        var options = new VerbOptions(args, "sets", "set", "indexes", "targets", "queries");
        var targets = (options.Find("targets") ?? "0.9,0.95,0.98").Split(',').Select(text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        var set = VectorSet.Read(options.Require("sets"), options.Require("set"));
        using var exact = new ExactIndexFactory().Create(new IndexShape(VectorMetric.SquaredL2, set.Dimension));
        exact.UpsertAll(Enumerable.Range(0, set.Count).Select(i => (long)i).ToArray(), set.Base);
        var real = RecallMeter.Prepare(exact, set.Queries.SelectMany(query => query).ToArray(), K);
        var made = RecallMeter.Prepare(exact, QuerySample.Draw(exact, options.Number("queries", 500)), K);
        foreach (var name in (options.Find("indexes") ?? "hnsw,hnsw-frozen,forest,lsh,scalar8,product,binary").Split(','))
        {
            using var index = _kinds[name](exact);
            var described = index.Describe();
            foreach (var target in targets)
            {
                var tuned = EffortTuner.Tune(index, made, new EffortTunerOptions { TargetRecall = target });
                JsonLine.Write(new
                {
                    index = name, set = set.Name, target, effort = tuned.Effort, outcome = tuned.Outcome.ToString(), made = Math.Round(tuned.Measured.Recall, 4), low = Math.Round(tuned.Measured.Low, 4),
                    recall10 = Math.Round(real.Measure(index, tuned.Effort).Recall, 4), distances = Math.Round(tuned.Measured.DistancesPerQuery), us = Microseconds(index, set, tuned.Effort),
                    build_s = Math.Round(described.BuildTime.TotalSeconds, 1), bytes = described.Memory,
                });
            }
        }
        return Task.FromResult(0);
    }

    private static IMutableVectorIndex Filled(IVectorIndexFactory factory, IMutableVectorIndex exact)
    {
        var index = factory.Create(new IndexShape(exact.Metric, exact.Dimension));
        var ids = exact.ListIds();
        var vectors = new float[ids.Length * exact.Dimension];
        for (var i = 0; i < ids.Length; i++)
            exact.TryGetVector(ids[i], vectors.AsSpan(i * exact.Dimension, exact.Dimension));
        index.UpsertAll(ids, vectors);
        return index;
    }

    private static IVectorIndex Rescored(IMutableVectorIndex exact, CodeOptions code) => RescoredIndex.Create(CodeIndex.Build(exact, code), VectorSource.CopyOf(exact));

    /// <summary>A query, the better of two rounds.</summary>
    private static double Microseconds(IVectorIndex index, VectorSet set, int effort)
    {
        var results = new ScoredId[K];
        var best = double.PositiveInfinity;
        for (var round = 0; round < 2; round++)
        {
            var start = Stopwatch.GetTimestamp();
            foreach (var query in set.Queries)
                index.Search(query, K, new SearchOptions { Effort = effort }, results, out _);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMicroseconds / set.Queries.Length);
        }
        return Math.Round(best, 1);
    }
}
