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
        timer.Measure("codeIdsDot", path, dimension, n => Repeat(n, near, ids => CodeRowKernels.Dot(signed, new CodeRows(values, dimension, stride), ids, sums)));
        timer.Measure("codeIdsSquaredL2", path, dimension, n => Repeat(n, near, ids => CodeRowKernels.SquaredL2(query, new CodeRows(values, dimension, stride), ids, sums)));
        timer.Measure("memoryCodeIdsDot", path, dimension, n => Repeat(n, far, ids => CodeRowKernels.Dot(signed, new CodeRows(values, dimension, stride), ids, sums)));
        timer.Measure("memoryCodeSinglesDot", path, dimension, n => Repeat(n, far, ids =>
        {
            var rows = new CodeRows(values, dimension, stride);
            for (var i = 0; i < ids.Length; i++)
                sums[i] = CodeKernels.Dot(rows[ids[i]], signed);
        }));
    }

    private delegate void Work(ReadOnlySpan<int> ids);

    private static double Repeat(int calls, int[] ids, Work work)
    {
        for (var i = 0; i < calls; i += Batch)
            work(ids.AsSpan(i % ids.Length, Batch));
        return calls;
    }
}
