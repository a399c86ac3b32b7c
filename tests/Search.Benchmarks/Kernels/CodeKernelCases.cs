using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Search.Vectors.Codes;
using Search.Vectors.Simd.Codes;

namespace Search.Benchmarks.Kernels;

/// <summary>8-bit codes, one against one other.</summary>
internal static class CodeKernelCases
{
    private const int Rows = 8;

    internal static void Measure(KernelTimer timer, int dimension)
    {
        var random = new Random(1);
        var query = new byte[dimension];
        random.NextBytes(query);
        var signed = (sbyte[])(Array)query;
        var rows = new byte[Rows][];
        foreach (ref var row in rows.AsSpan())
            random.NextBytes(row = new byte[dimension]);

        timer.Measure("codeDot", "Scalar", dimension, n => Sum(n, i => ScalarCodeKernels.Dot(rows[i], signed)));
        if (Vector128.IsHardwareAccelerated) Measure<Vector128<short>, Vector128<int>, CodeLanes128>(timer, "Vector128", query, rows);
        if (Vector256.IsHardwareAccelerated) Measure<Vector256<short>, Vector256<int>, CodeLanes256>(timer, "Vector256", query, rows);
        if (Vector512.IsHardwareAccelerated) Measure<Vector512<short>, Vector512<int>, CodeLanes512>(timer, "Vector512", query, rows);
        if (!AvxVnni.IsSupported) return;
        timer.Measure("codeDot", "Vnni256", dimension, n => Sum(n, i => VnniCodeKernels.Dot(rows[i], signed)));
        timer.Measure("codeSignedDot", "Vnni256", dimension, n => Sum(n, i => VnniCodeKernels.Dot((sbyte[])(Array)rows[i], signed)));
        timer.Measure("codeSquaredL2", "Vnni256", dimension, n => Sum(n, i => VnniCodeKernels.SquaredL2(rows[i], query)));
    }

    private static void Measure<TShorts, TSums, TLanes>(KernelTimer timer, string path, byte[] query, byte[][] rows)
        where TShorts : struct
        where TSums : struct
        where TLanes : struct, ICodeLanes<TShorts, TSums>
    {
        var signed = (sbyte[])(Array)query;
        timer.Measure("codeDot", path, query.Length, n => Sum(n, i => WideningCodeKernels<TShorts, TSums, TLanes>.Dot(rows[i], signed)));
        timer.Measure("codeSignedDot", path, query.Length, n => Sum(n, i => WideningCodeKernels<TShorts, TSums, TLanes>.Dot((sbyte[])(Array)rows[i], signed)));
        timer.Measure("codeSquaredL2", path, query.Length, n => Sum(n, i => WideningCodeKernels<TShorts, TSums, TLanes>.SquaredL2(rows[i], query)));
    }

    private static double Sum(int calls, Func<int, int> kernel)
    {
        var sum = 0L;
        for (var i = 0; i < calls; i++)
            sum += kernel(i & (Rows - 1));
        return sum;
    }
}
