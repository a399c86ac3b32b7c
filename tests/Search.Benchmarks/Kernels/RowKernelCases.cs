using Search.Testing.Vectors;
using Search.Vectors;
using Search.Vectors.Rows;

namespace Search.Benchmarks.Kernels;

/// <summary>One query against rows in cache, rows in memory by random ids, and the blocked product; nanoseconds a pair.</summary>
internal static class RowKernelCases
{
    private const int Rows = 32;
    private const int Batch = 32;
    private const long MemoryBytes = 256L << 20;

    internal static void Measure(KernelTimer timer, int dimension)
    {
        var path = VectorKernels.Path.ToString();
        var random = new RandomVectors(1);
        var query = AlignedFloats.Of(random.Gaussian(dimension));
        var values = AlignedFloats.Of(random.Gaussian(dimension * Rows));
        var scores = new float[Rows * 1024];
        int[] ids = [.. Enumerable.Range(0, Rows).Select(i => i * 7 % Rows)];
        timer.Measure("idsDot", path, dimension, Rows, _ => RowKernels.Dot(query.Span, new FlatRows<float>(values.Span, dimension), ids, scores));
        timer.Measure("idsSquaredL2", path, dimension, Rows, _ => RowKernels.SquaredL2(query.Span, new FlatRows<float>(values.Span, dimension), ids, scores));
        timer.Measure("rowsDot", path, dimension, Rows, _ => RowKernels.Dot(query.Span, new FlatRows<float>(values.Span, dimension), scores));
        var queries = AlignedFloats.Of(random.Gaussian(dimension * 128));
        timer.Measure("blockDot", path, dimension, Rows * 128, _ => RowKernels.Dot(new FlatRows<float>(queries.Span, dimension), new FlatRows<float>(values.Span, dimension), scores));
        timer.Measure("blockSquaredL2", path, dimension, Rows * 128, _ => RowKernels.SquaredL2(new FlatRows<float>(queries.Span, dimension), new FlatRows<float>(values.Span, dimension), scores));

        // Rows in memory by random ids, as a graph asks for them.
        var many = AlignedFloats.Allocate((int)(MemoryBytes / sizeof(float) / dimension * dimension));
        for (var at = 0; at < many.Length; at += values.Length)
            values.Span[..Math.Min(values.Length, many.Length - at)].CopyTo(many.Span[at..]);
        var scattered = new int[1 << 16];
        var pick = new Random(2);
        foreach (ref var id in scattered.AsSpan())
            id = pick.Next(many.Length / dimension);
        timer.Measure("memoryIdsSquaredL2", path, dimension, Batch, i =>
            RowKernels.SquaredL2(query.Span, new FlatRows<float>(many.Span, dimension), scattered.AsSpan(i * Batch % scattered.Length, Batch), scores));
        timer.Measure("memorySinglesSquaredL2", path, dimension, Batch, i =>
        {
            var rows = new FlatRows<float>(many.Span, dimension);
            for (var j = 0; j < Batch; j++)
                scores[j] = VectorKernels.SquaredL2(query.Span, rows[scattered[(i * Batch + j) % scattered.Length]]);
        });
    }
}
