using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Search.Vectors.Simd.Codes;

namespace Search.Vectors.Codes;

/// <summary>
/// Exact integer arithmetic on 8-bit codes of any dimension up to <see cref="MaxDimension"/> and any alignment, on the fastest path of the
/// processor. Every path gives the same integer. Thread-safe and allocation-free.
/// </summary>
public static class CodeKernels
{
    /// <summary>The largest dimension: 32,768 products of two codes, 255·255 each, are the most that fit an <see cref="int"/>.</summary>
    public const int MaxDimension = 32_768;

    /// <summary>The path taken in this process. The compiler sees a constant, so no call ever branches on it.</summary>
    public static CodeKernelPath Path =>
        AvxVnni.IsSupported && Vector256.IsHardwareAccelerated ? CodeKernelPath.Vnni256
        : Avx512BW.IsSupported && Vector512.IsHardwareAccelerated ? CodeKernelPath.Vector512
        : Vector256.IsHardwareAccelerated ? CodeKernelPath.Vector256
        : Vector128.IsHardwareAccelerated ? CodeKernelPath.Vector128
        : CodeKernelPath.Scalar;

    /// <summary>Σ aᵢbᵢ of unsigned and signed codes: a stored code and a query.</summary>
    /// <exception cref="ArgumentException">The codes differ in dimension, or have more than <see cref="MaxDimension"/>.</exception>
    public static int Dot(ReadOnlySpan<byte> a, ReadOnlySpan<sbyte> b) => Path switch
    {
        CodeKernelPath.Vnni256 => VnniCodeKernels.Dot(a, b),
        CodeKernelPath.Vector512 => WideningCodeKernels<Vector512<short>, Vector512<int>, CodeLanes512>.Dot(a, b),
        CodeKernelPath.Vector256 => WideningCodeKernels<Vector256<short>, Vector256<int>, CodeLanes256>.Dot(a, b),
        CodeKernelPath.Vector128 => WideningCodeKernels<Vector128<short>, Vector128<int>, CodeLanes128>.Dot(a, b),
        _ => ScalarCodeKernels.Dot(a, b),
    };

    /// <summary>Σ aᵢbᵢ of signed codes.</summary>
    /// <inheritdoc cref="Dot(ReadOnlySpan{byte}, ReadOnlySpan{sbyte})" path="/exception"/>
    public static int Dot(ReadOnlySpan<sbyte> a, ReadOnlySpan<sbyte> b) => Path switch
    {
        CodeKernelPath.Vnni256 => VnniCodeKernels.Dot(a, b),
        CodeKernelPath.Vector512 => WideningCodeKernels<Vector512<short>, Vector512<int>, CodeLanes512>.Dot(a, b),
        CodeKernelPath.Vector256 => WideningCodeKernels<Vector256<short>, Vector256<int>, CodeLanes256>.Dot(a, b),
        CodeKernelPath.Vector128 => WideningCodeKernels<Vector128<short>, Vector128<int>, CodeLanes128>.Dot(a, b),
        _ => ScalarCodeKernels.Dot(a, b),
    };

    /// <summary>Σ (aᵢ − bᵢ)² of unsigned codes.</summary>
    /// <inheritdoc cref="Dot(ReadOnlySpan{byte}, ReadOnlySpan{sbyte})" path="/exception"/>
    public static int SquaredL2(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) => Path switch
    {
        CodeKernelPath.Vnni256 => VnniCodeKernels.SquaredL2(a, b),
        CodeKernelPath.Vector512 => WideningCodeKernels<Vector512<short>, Vector512<int>, CodeLanes512>.SquaredL2(a, b),
        CodeKernelPath.Vector256 => WideningCodeKernels<Vector256<short>, Vector256<int>, CodeLanes256>.SquaredL2(a, b),
        CodeKernelPath.Vector128 => WideningCodeKernels<Vector128<short>, Vector128<int>, CodeLanes128>.SquaredL2(a, b),
        _ => ScalarCodeKernels.SquaredL2(a, b),
    };
}
