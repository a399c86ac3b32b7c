using System.Runtime.Intrinsics;
using Search.Vectors.Simd;

namespace Search.Vectors;

/// <summary>
/// Arithmetic on float32 vectors of any dimension and alignment, on the widest SIMD path of the processor. Thread-safe and allocation-free.
/// On one machine the same input always gives the same bits: the order of summation depends on the dimension alone, never on the address.
/// Between machines of different <see cref="Path"/> sums differ by rounding.
/// </summary>
public static class VectorKernels
{
    /// <summary>How far a squared length may be from 1 for a vector to count as of unit length.</summary>
    public const double UnitLengthTolerance = 1e-3;

    /// <summary>The path taken in this process. The compiler sees a constant, so no call ever branches on it.</summary>
    public static KernelPath Path =>
        Vector512.IsHardwareAccelerated ? KernelPath.Vector512
        : Vector256.IsHardwareAccelerated ? KernelPath.Vector256
        : Vector128.IsHardwareAccelerated ? KernelPath.Vector128
        : KernelPath.Scalar;

    /// <summary>Σ aᵢbᵢ.</summary>
    /// <exception cref="ArgumentException">The vectors differ in dimension.</exception>
    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => Path switch
    {
        KernelPath.Vector512 => SimdKernels<Vector512<float>, Lanes512>.Dot(a, b),
        KernelPath.Vector256 => SimdKernels<Vector256<float>, Lanes256>.Dot(a, b),
        KernelPath.Vector128 => SimdKernels<Vector128<float>, Lanes128>.Dot(a, b),
        _ => ScalarKernels.Dot(a, b),
    };

    /// <summary>Σ (aᵢ − bᵢ)².</summary>
    /// <exception cref="ArgumentException">The vectors differ in dimension.</exception>
    public static float SquaredL2(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => Path switch
    {
        KernelPath.Vector512 => SimdKernels<Vector512<float>, Lanes512>.SquaredL2(a, b),
        KernelPath.Vector256 => SimdKernels<Vector256<float>, Lanes256>.SquaredL2(a, b),
        KernelPath.Vector128 => SimdKernels<Vector128<float>, Lanes128>.SquaredL2(a, b),
        _ => ScalarKernels.SquaredL2(a, b),
    };

    /// <summary>Whether no component is NaN or infinite. An empty vector is finite.</summary>
    public static bool IsFinite(ReadOnlySpan<float> vector) => Path switch
    {
        KernelPath.Vector512 => SimdKernels<Vector512<float>, Lanes512>.IsFinite(vector),
        KernelPath.Vector256 => SimdKernels<Vector256<float>, Lanes256>.IsFinite(vector),
        KernelPath.Vector128 => SimdKernels<Vector128<float>, Lanes128>.IsFinite(vector),
        _ => ScalarKernels.IsFinite(vector),
    };

    /// <summary>Σ vᵢ², exact to float32 rounding for every finite vector: where float32 would overflow or underflow it sums in float64.</summary>
    public static double SquaredNorm(ReadOnlySpan<float> vector)
    {
        var fast = Dot(vector, vector);
        return fast is > 1e-20f and < 1e+38f ? fast : ScalarKernels.SquaredNorm(vector);
    }

    /// <summary>
    /// Scales <paramref name="vector"/> to unit length in place. False, and the vector untouched, where that has no meaning: a zero
    /// vector, or one with a component that is not finite.
    /// </summary>
    public static bool TryNormalize(Span<float> vector)
    {
        var fast = Dot(vector, vector);
        // Outside this range float32 has lost bits to overflow or underflow; such vectors are rare enough for the slow twin.
        if (fast is not (> 1e-20f and < 1e+38f)) return ScalarKernels.TryNormalize(vector);
        Scale(vector, (float)(1 / Math.Sqrt(fast)));
        return true;
    }

    /// <summary>Whether the length is 1 within <see cref="UnitLengthTolerance"/>; false for NaN and infinity.</summary>
    public static bool IsUnitLength(ReadOnlySpan<float> vector) => Math.Abs(SquaredNorm(vector) - 1) <= UnitLengthTolerance;

    internal static void Scale(Span<float> vector, float factor)
    {
        switch (Path)
        {
            case KernelPath.Vector512: SimdKernels<Vector512<float>, Lanes512>.Scale(vector, factor); break;
            case KernelPath.Vector256: SimdKernels<Vector256<float>, Lanes256>.Scale(vector, factor); break;
            default: SimdKernels<Vector128<float>, Lanes128>.Scale(vector, factor); break;
        }
    }
}
