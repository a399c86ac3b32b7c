using System.Runtime.Intrinsics;
using Search.Testing.Vectors;
using Search.Vectors.Halves;
using Search.Vectors.Simd;
using Search.Vectors.Simd.Halves;

namespace Search.Benchmarks.Kernels;

/// <summary>A float query against float16 rows.</summary>
internal static class HalfKernelCases
{
    private const int Rows = 8;

    internal static void Measure(KernelTimer timer, int dimension)
    {
        var random = new RandomVectors(1);
        var query = random.Gaussian(dimension);
        var rows = new Half[Rows][];
        foreach (ref var row in rows.AsSpan())
            HalfKernels.TryEncode(random.Gaussian(dimension), row = new Half[dimension]);
        timer.Measure("halfDot", "Scalar", dimension, n => PairKernelCases.Sum(n, i => ScalarHalfKernels.Dot(query, rows[i])));
        if (Vector128.IsHardwareAccelerated) Measure<Vector128<float>, Lanes128, HalfLanes128>(timer, "Vector128", query, rows);
        if (Vector256.IsHardwareAccelerated) Measure<Vector256<float>, Lanes256, HalfLanes256>(timer, "Vector256", query, rows);
        if (Vector512.IsHardwareAccelerated) Measure<Vector512<float>, Lanes512, HalfLanes512>(timer, "Vector512", query, rows);
    }

    private static void Measure<TVector, TLanes, THalves>(KernelTimer timer, string path, float[] query, Half[][] rows)
        where TVector : struct
        where TLanes : struct, ILanes<TVector>
        where THalves : struct, IHalfLanes<TVector>
    {
        timer.Measure("halfDot", path, query.Length, n => PairKernelCases.Sum(n, i => SimdHalfKernels<TVector, TLanes, THalves>.Dot(query, rows[i])));
        timer.Measure("halfSquaredL2", path, query.Length, n => PairKernelCases.Sum(n, i => SimdHalfKernels<TVector, TLanes, THalves>.SquaredL2(query, rows[i])));
    }
}
