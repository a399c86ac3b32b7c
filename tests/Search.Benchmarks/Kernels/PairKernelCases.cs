using System.Runtime.Intrinsics;
using Search.Testing.Vectors;
using Search.Vectors;
using Search.Vectors.Simd;

namespace Search.Benchmarks.Kernels;

/// <summary>One float vector against one other: what the batched kernels must beat.</summary>
internal static class PairKernelCases
{
    private const int Rows = 8;

    internal static void Measure(KernelTimer timer, int dimension)
    {
        var random = new RandomVectors(1);
        var query = random.Gaussian(dimension);
        var rows = Enumerable.Range(0, Rows).Select(_ => random.Gaussian(dimension)).ToArray();
        timer.Measure("dot", "Scalar", dimension, n => Sum(n, i => ScalarKernels.Dot(query, rows[i])));
        if (Vector128.IsHardwareAccelerated)
        {
            timer.Measure("dot", "Vector128", dimension, n => Sum(n, i => SimdKernels<Vector128<float>, Lanes128>.Dot(query, rows[i])));
            timer.Measure("squaredL2", "Vector128", dimension, n => Sum(n, i => SimdKernels<Vector128<float>, Lanes128>.SquaredL2(query, rows[i])));
        }
        if (Vector256.IsHardwareAccelerated)
        {
            timer.Measure("dot", "Vector256", dimension, n => Sum(n, i => SimdKernels<Vector256<float>, Lanes256>.Dot(query, rows[i])));
            timer.Measure("squaredL2", "Vector256", dimension, n => Sum(n, i => SimdKernels<Vector256<float>, Lanes256>.SquaredL2(query, rows[i])));
        }
        if (Vector512.IsHardwareAccelerated)
        {
            timer.Measure("dot", "Vector512", dimension, n => Sum(n, i => SimdKernels<Vector512<float>, Lanes512>.Dot(query, rows[i])));
            timer.Measure("squaredL2", "Vector512", dimension, n => Sum(n, i => SimdKernels<Vector512<float>, Lanes512>.SquaredL2(query, rows[i])));
        }
    }

    // The call through a delegate costs about a nanosecond, the same for every path.
    internal static double Sum(int calls, Func<int, float> kernel)
    {
        var sum = 0f;
        for (var i = 0; i < calls; i++)
            sum += kernel(i & (Rows - 1));
        return sum;
    }
}
