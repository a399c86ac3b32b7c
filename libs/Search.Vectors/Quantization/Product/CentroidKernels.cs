using System.Runtime.Intrinsics;
using Search.Vectors.Simd;

namespace Search.Vectors.Quantization.Product;

/// <summary>One short vector against 256 centroids that lie component by component: a register holds many centroids, and no tail is ever left.</summary>
internal static class CentroidKernels
{
    public static void SquaredL2(ReadOnlySpan<float> vector, ReadOnlySpan<float> centroids, Span<float> scores)
    {
        switch (VectorKernels.Path)
        {
            case KernelPath.Vector512: Score<Vector512<float>, Lanes512, SquaredL2Step<Vector512<float>, Lanes512>>(vector, centroids, scores); break;
            case KernelPath.Vector256: Score<Vector256<float>, Lanes256, SquaredL2Step<Vector256<float>, Lanes256>>(vector, centroids, scores); break;
            case KernelPath.Vector128: Score<Vector128<float>, Lanes128, SquaredL2Step<Vector128<float>, Lanes128>>(vector, centroids, scores); break;
            default: ScalarCentroidKernels.SquaredL2(vector, centroids, scores); break;
        }
    }

    public static void Dot(ReadOnlySpan<float> vector, ReadOnlySpan<float> centroids, Span<float> scores)
    {
        switch (VectorKernels.Path)
        {
            case KernelPath.Vector512: Score<Vector512<float>, Lanes512, DotStep<Vector512<float>, Lanes512>>(vector, centroids, scores); break;
            case KernelPath.Vector256: Score<Vector256<float>, Lanes256, DotStep<Vector256<float>, Lanes256>>(vector, centroids, scores); break;
            case KernelPath.Vector128: Score<Vector128<float>, Lanes128, DotStep<Vector128<float>, Lanes128>>(vector, centroids, scores); break;
            default: ScalarCentroidKernels.Dot(vector, centroids, scores); break;
        }
    }

    internal static void Score<TVector, TLanes, TStep>(ReadOnlySpan<float> vector, ReadOnlySpan<float> centroids, Span<float> scores)
        where TVector : struct
        where TLanes : struct, ILanes<TVector>
        where TStep : struct, IPairStep<TVector>
    {
        for (var at = 0; at < ProductQuantizer.Centroids; at += 4 * TLanes.Count)
        {
            TVector sum0 = default, sum1 = default, sum2 = default, sum3 = default;
            for (var d = 0; d < vector.Length; d++)
            {
                var component = TLanes.Broadcast(vector[d]);
                ref readonly var row = ref centroids[d * ProductQuantizer.Centroids + at];
                sum0 = TStep.Add(component, TLanes.Load(in row, 0), sum0);
                sum1 = TStep.Add(component, TLanes.Load(in row, (nuint)TLanes.Count), sum1);
                sum2 = TStep.Add(component, TLanes.Load(in row, (nuint)(2 * TLanes.Count)), sum2);
                sum3 = TStep.Add(component, TLanes.Load(in row, (nuint)(3 * TLanes.Count)), sum3);
            }
            TLanes.Store(sum0, ref scores[at], 0);
            TLanes.Store(sum1, ref scores[at + TLanes.Count], 0);
            TLanes.Store(sum2, ref scores[at + 2 * TLanes.Count], 0);
            TLanes.Store(sum3, ref scores[at + 3 * TLanes.Count], 0);
        }
    }
}
