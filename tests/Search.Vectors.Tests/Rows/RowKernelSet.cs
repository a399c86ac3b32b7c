using System.Runtime.Intrinsics;
using Search.Vectors.Rows;
using Search.Vectors.Simd;
using Search.Vectors.Simd.Rows;

namespace Search.Vectors.Tests.Rows;

internal delegate float SinglePair(ReadOnlySpan<float> a, ReadOnlySpan<float> b);

internal delegate void IdScores(ReadOnlySpan<float> query, FlatRows<float> rows, ReadOnlySpan<int> ids, Span<float> scores);

internal delegate void AllScores(ReadOnlySpan<float> query, FlatRows<float> rows, Span<float> scores);

internal delegate void BlockScores(FlatRows<float> queries, FlatRows<float> rows, Span<float> scores);

/// <summary>One kernel in its four shapes, at a width that may run in software, so that every width is tested on every machine.</summary>
internal sealed record RowKernelSet(SinglePair Single, IdScores Ids, AllScores All, BlockScores Block)
{
    public static RowKernelSet At(string path, string kernel) => (path, kernel) switch
    {
        ("128", "dot") => Of<Vector128<float>, Lanes128, DotStep<Vector128<float>, Lanes128>>(),
        ("256", "dot") => Of<Vector256<float>, Lanes256, DotStep<Vector256<float>, Lanes256>>(),
        ("512", "dot") => Of<Vector512<float>, Lanes512, DotStep<Vector512<float>, Lanes512>>(),
        ("128", _) => Of<Vector128<float>, Lanes128, SquaredL2Step<Vector128<float>, Lanes128>>(),
        ("256", _) => Of<Vector256<float>, Lanes256, SquaredL2Step<Vector256<float>, Lanes256>>(),
        ("512", _) => Of<Vector512<float>, Lanes512, SquaredL2Step<Vector512<float>, Lanes512>>(),
        (_, "dot") => new RowKernelSet(VectorKernels.Dot, RowKernels.Dot, RowKernels.Dot, RowKernels.Dot),
        _ => new RowKernelSet(VectorKernels.SquaredL2, RowKernels.SquaredL2, RowKernels.SquaredL2, RowKernels.SquaredL2),
    };

    private static RowKernelSet Of<TVector, TLanes, TStep>()
        where TVector : struct
        where TLanes : struct, ILanes<TVector>
        where TStep : struct, IPairStep<TVector> =>
        new(
            SimdKernels<TVector, TLanes>.Sum<TStep>,
            SimdRowKernels<TVector, TLanes, TStep>.Score,
            SimdRowKernels<TVector, TLanes, TStep>.Score,
            SimdRowKernels<TVector, TLanes, TStep>.Score);
}
