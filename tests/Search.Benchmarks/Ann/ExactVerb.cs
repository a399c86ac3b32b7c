using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;
using Search.Ann.Indexes;
using Search.Ann.Indexes.Exact;
using Search.Benchmarks.Kernels;
using Search.Testing.Vectors;
using Search.Vectors;

namespace Search.Benchmarks.Ann;

/// <summary>
/// <c>exact [--count 100000] [--dimensions 128,784] [--queries 1000] [--rounds 5]</c>: exact search as JSON lines. How much of the memory bandwidth of a plain read one query reaches on one
/// thread, measured in turn with it; and queries a second, one at a time and all at once, on one and on two threads.
/// </summary>
internal static class ExactVerb
{
    private const int K = 10;

    internal static Task<int> RunAsync(string[] args)
    {
        var options = new VerbOptions(args, "count", "dimensions", "queries", "rounds");
        var (count, queries, rounds) = (options.Number("count", 100_000), options.Number("queries", 1_000), options.Number("rounds", 5));
        foreach (var dimension in (options.Find("dimensions") ?? "128,784").Split(',').Select(int.Parse))
            Measure(count, dimension, queries, rounds);
        return Task.FromResult(0);
    }

    private static void Measure(int count, int dimension, int queries, int rounds)
    {
        var random = new RandomVectors(1);
        using var index = new ExactIndexFactory().Create(new IndexShape(VectorMetric.SquaredL2, dimension));
        var plain = AlignedFloats.Allocate(count * dimension);
        var bulk = Enumerable.Range(0, 1_000).Select(_ => random.Unit(dimension)).ToArray();
        for (var id = 0; id < count; id++)
        {
            var row = plain.Span.Slice(id * dimension, dimension);
            // A thousand directions, each scaled a little differently: quick to draw, and no two are equal.
            for (var i = 0; i < dimension; i++)
                row[i] = bulk[id % 1_000][i] * (1 + id / 1_000 * 0.001f);
            index.Upsert(id, row);
        }
        var asked = Enumerable.Range(0, queries).SelectMany(_ => random.Unit(dimension)).ToArray();
        Bandwidth(index, plain, asked.AsMemory(0, dimension), rounds);
        Queries(index, asked, rounds);
    }

    private static void Queries(IVectorIndex index, float[] asked, int rounds)
    {
        var count = asked.Length / index.Dimension;
        var (results, counts) = (new ScoredId[count * K], new int[count]);
        foreach (var threads in (int[])[1, 2])
        {
            var options = new SearchOptions { Threads = threads };
            // A tenth of them suffices one at a time.
            Report(index, "one at a time", threads, count / 10, rounds, () =>
            {
                for (var q = 0; q < count / 10; q++)
                    index.Search(asked.AsSpan(q * index.Dimension, index.Dimension), K, options, results, out _);
            });
            Report(index, "all at once", threads, count, rounds, () => index.SearchAll(asked, K, options, results, counts, out _));
        }
    }

    private static void Report(IVectorIndex index, string how, int threads, int queries, int rounds, Action work)
    {
        work();
        var best = TimeSpan.MaxValue;
        for (var round = 0; round < rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            work();
            var elapsed = Stopwatch.GetElapsedTime(start);
            if (elapsed < best) best = elapsed;
        }
        JsonLine.Write(new
        {
            benchmark = "exact-queries", count = index.Count, dimension = index.Dimension, kernels = VectorKernels.Path.ToString(),
            how, threads, queries, queriesPerSecond = Math.Round(queries / best.TotalSeconds, 1),
        });
    }

    private static void Bandwidth(IVectorIndex index, Memory<float> plain, Memory<float> query, int rounds)
    {
        var results = new ScoredId[K];
        double read = 0, search = 0, sum = 0;
        const int passes = 10;
        for (var round = 0; round <= rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var pass = 0; pass < passes; pass++)
                sum += Sum(plain.Span);
            var reading = plain.Length * sizeof(float) * (double)passes / Stopwatch.GetElapsedTime(start).TotalNanoseconds;
            start = Stopwatch.GetTimestamp();
            for (var pass = 0; pass < passes; pass++)
                index.Search(query.Span, K, default, results, out _);
            var searching = plain.Length * sizeof(float) * (double)passes / Stopwatch.GetElapsedTime(start).TotalNanoseconds;
            // The best of each: the first round warms up.
            if (round > 0) (read, search) = (Math.Max(read, reading), Math.Max(search, searching));
        }
        JsonLine.Write(new
        {
            benchmark = "exact-bandwidth", count = index.Count, dimension = index.Dimension, kernels = VectorKernels.Path.ToString(),
            readGBs = Math.Round(read, 1), searchGBs = Math.Round(search, 1), share = Math.Round(search / read, 3), isFinite = double.IsFinite(sum),
        });
    }

    private static float Sum(ReadOnlySpan<float> values)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        Vector<float> a = default, b = default, c = default, d = default;
        for (var i = 0; i + 4 <= vectors.Length; i += 4)
        {
            a += vectors[i];
            b += vectors[i + 1];
            c += vectors[i + 2];
            d += vectors[i + 3];
        }
        return Vector.Sum(a + b + c + d);
    }
}
