using Search.Vectors.Codes;
using Search.Vectors.Rows;

namespace Search.Benchmarks.Kernels;

/// <summary>A query's code against rows of codes by ids: in cache, and in memory as a graph asks for them; nanoseconds a row.</summary>
internal static class CodeRowKernelCases
{
    private const int Batch = 32;
    private const int MemoryBytes = 256 << 20;

    internal static void Measure(KernelTimer timer, int dimension)
    {
        var path = CodeKernels.Path.ToString();
        var random = new Random(1);
        // Rows on lines of their own where they are long enough for that to be cheap.
        var stride = (dimension + 63) / 64 * 64;
        var values = GC.AllocateUninitializedArray<byte>(MemoryBytes, pinned: true);
        random.NextBytes(values);
        var query = new byte[dimension];
        random.NextBytes(query);
        var signed = (sbyte[])(Array)query;
        var (near, far) = (new int[1 << 16], new int[1 << 16]);
        for (var i = 0; i < far.Length; i++)
            (near[i], far[i]) = (i * 7 % Batch, random.Next(MemoryBytes / stride));
        var sums = new int[Batch];
        timer.Measure("codeIdsDot", path, dimension, Batch, i => CodeRowKernels.Dot(signed, new FlatRows<byte>(values, dimension, stride), Part(near, i), sums));
        timer.Measure("codeIdsSquaredL2", path, dimension, Batch, i => CodeRowKernels.SquaredL2(query, new FlatRows<byte>(values, dimension, stride), Part(near, i), sums));
        timer.Measure("codeRowsDot", path, dimension, Batch, _ => CodeRowKernels.Dot(signed, new FlatRows<byte>(values.AsSpan(0, Batch * stride), dimension, stride), sums));
        timer.Measure("memoryCodeIdsDot", path, dimension, Batch, i => CodeRowKernels.Dot(signed, new FlatRows<byte>(values, dimension, stride), Part(far, i), sums));
        timer.Measure("memoryCodeSinglesDot", path, dimension, Batch, i =>
        {
            var rows = new FlatRows<byte>(values, dimension, stride);
            var ids = Part(far, i);
            for (var j = 0; j < ids.Length; j++)
                sums[j] = CodeKernels.Dot(rows[ids[j]], signed);
        });
    }

    private static ReadOnlySpan<int> Part(int[] ids, int call) => ids.AsSpan(call * Batch % ids.Length, Batch);
}
