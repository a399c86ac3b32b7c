using System.Runtime.Intrinsics;
using Search.Vectors.Simd;
using Search.Vectors.Simd.Halves;

namespace Search.Vectors.Halves;

/// <summary>
/// float16 as storage: half the memory of float32, with 11 significant bits; the query and all sums stay float32. For finite rows, which <see cref="TryEncode"/> makes; of an
/// infinity or NaN in a row these kernels make some number. On the path of <see cref="VectorKernels.Path"/>. Thread-safe and allocation-free.
/// </summary>
public static class HalfKernels
{
    /// <summary>
    /// Rounds a vector to float16, at most 1 part in 2,048 off from 6.1e-5 up to 65,504 and at most 3e-8 off below. False, with <paramref name="row"/> undefined, where
    /// a component is NaN, infinite or too large for float16.
    /// </summary>
    /// <exception cref="ArgumentException">The vectors differ in dimension.</exception>
    public static bool TryEncode(ReadOnlySpan<float> vector, Span<Half> row)
    {
        HalfShapes.RequireSameLength(vector.Length, row.Length);
        for (var i = 0; i < vector.Length; i++)
        {
            row[i] = (Half)vector[i];
            if (!Half.IsFinite(row[i])) return false;
        }
        return true;
    }

    /// <summary>Σ qᵢrᵢ.</summary>
    /// <exception cref="ArgumentException">The vectors differ in dimension.</exception>
    public static float Dot(ReadOnlySpan<float> query, ReadOnlySpan<Half> row) => VectorKernels.Path switch
    {
        KernelPath.Vector512 => SimdHalfKernels<Vector512<float>, Lanes512, HalfLanes512>.Dot(query, row),
        KernelPath.Vector256 => SimdHalfKernels<Vector256<float>, Lanes256, HalfLanes256>.Dot(query, row),
        KernelPath.Vector128 => SimdHalfKernels<Vector128<float>, Lanes128, HalfLanes128>.Dot(query, row),
        _ => ScalarHalfKernels.Dot(query, row),
    };

    /// <summary>Σ (qᵢ − rᵢ)².</summary>
    /// <exception cref="ArgumentException">The vectors differ in dimension.</exception>
    public static float SquaredL2(ReadOnlySpan<float> query, ReadOnlySpan<Half> row) => VectorKernels.Path switch
    {
        KernelPath.Vector512 => SimdHalfKernels<Vector512<float>, Lanes512, HalfLanes512>.SquaredL2(query, row),
        KernelPath.Vector256 => SimdHalfKernels<Vector256<float>, Lanes256, HalfLanes256>.SquaredL2(query, row),
        KernelPath.Vector128 => SimdHalfKernels<Vector128<float>, Lanes128, HalfLanes128>.SquaredL2(query, row),
        _ => ScalarHalfKernels.SquaredL2(query, row),
    };
}
