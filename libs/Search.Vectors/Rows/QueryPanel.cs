using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Search.Vectors.Simd;
using Search.Vectors.Simd.Rows;

namespace Search.Vectors.Rows;

/// <summary>
/// Queries laid side by side, component by component, so that a component of a row is multiplied with those of many queries in one instruction: a matrix product that compares its sums while
/// they are still in registers and writes none of them. Its order of additions is its own, so its sums differ from those of <see cref="VectorKernels"/>, by no more than
/// <see cref="ErrorOf"/>: it says which pairs deserve an exact look. Kept and packed again, it stops allocating. Not thread-safe.
/// </summary>
public sealed class QueryPanel
{
    private const int LineBytes = 64;

    // Rows that stay in the second-level cache while all queries pass.
    private const int BlockBytes = 192 << 10;

    private float[] _values = [];
    private float[] _limits = [];
    private int _start;
    private int _dimension = 1;

    /// <summary>Queries in the panel.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// By query: the least sum that is reported. −∞ for all when packed.
    /// </summary>
    public Span<float> Limits => _limits.AsSpan(0, Count);

    private static int StripLanes => StripKernel.Vectors * VectorKernels.Path switch
    {
        KernelPath.Vector512 => Lanes512.Count,
        KernelPath.Vector256 => Lanes256.Count,
        KernelPath.Vector128 => Lanes128.Count,
        _ => ScalarLane.Count,
    };

    /// <summary>Rows for which a scan is fastest: a multiple of four.</summary>
    public static int BlockRows(int dimension) => Math.Max(4, BlockBytes / sizeof(float) / dimension & ~3);

    /// <summary>
    /// How far a sum may be from the true one, in units of |bias| + |query|·|row|: of so many roundings none adds more than half a unit in the last place.
    /// </summary>
    public static double ErrorOf(int dimension) => (dimension + 3) * Math.ScaleB(1, -24);

    /// <summary>Takes these queries in place of those before.</summary>
    /// <param name="queries">At least one row.</param>
    public void Pack(FlatRows<float> queries)
    {
        var lanes = StripLanes;
        var strips = (queries.Count + lanes - 1) / lanes;
        (Count, _dimension) = (queries.Count, queries.Dimension);
        var needed = checked(strips * lanes * _dimension);
        if (_values.Length < needed + LineBytes / sizeof(float)) Allocate(needed);
        if (_limits.Length < strips * lanes) _limits = new float[strips * lanes];
        _limits.AsSpan(0, Count).Fill(float.NegativeInfinity);
        // The lanes that are left over reach no sum.
        _limits.AsSpan(Count).Fill(float.PositiveInfinity);
        for (var query = 0; query < strips * lanes; query++)
        {
            var to = _values.AsSpan(_start + query / lanes * lanes * _dimension + query % lanes);
            for (var i = 0; i < _dimension; i++)
                to[i * lanes] = query < Count ? queries[query][i] : 0;
        }
    }

    /// <summary>Reports each row and query whose sum, bias + Σ qᵢrᵢ, is at least the query's limit.</summary>
    /// <param name="biases">One for each row.</param>
    /// <exception cref="ArgumentException">The rows have another dimension than the queries, or too few biases.</exception>
    public void Scan<TSink>(FlatRows<float> rows, ReadOnlySpan<float> biases, ref TSink sink)
        where TSink : struct, ISumSink, allows ref struct
    {
        RowCount.RequireShapes(_dimension, rows.Dimension, rows.Count, biases.Length);
        var lanes = StripLanes;
        for (var first = 0; first < Count; first += lanes)
        {
            ref var strip = ref _values[_start + first * _dimension];
            var limits = _limits.AsSpan(first, lanes);
            switch (VectorKernels.Path)
            {
                case KernelPath.Vector512: StripKernel<Vector512<float>, Lanes512>.Scan(in strip, first, rows, biases, limits, ref sink); break;
                case KernelPath.Vector256: StripKernel<Vector256<float>, Lanes256>.Scan(in strip, first, rows, biases, limits, ref sink); break;
                case KernelPath.Vector128: StripKernel<Vector128<float>, Lanes128>.Scan(in strip, first, rows, biases, limits, ref sink); break;
                default: StripKernel<float, ScalarLane>.Scan(in strip, first, rows, biases, limits, ref sink); break;
            }
        }
    }

    // Pinned and on cache lines: a register that straddles two costs two loads.
    private void Allocate(int floats)
    {
        _values = GC.AllocateUninitializedArray<float>(floats + LineBytes / sizeof(float), pinned: true);
        var past = (int)(Marshal.UnsafeAddrOfPinnedArrayElement(_values, 0) % LineBytes);
        _start = past == 0 ? 0 : (LineBytes - past) / sizeof(float);
    }
}
