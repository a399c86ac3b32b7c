using System.Numerics;
using Search.Ann.Indexes.Candidates;
using Search.Ann.Indexes.Statistics;
using Search.Ann.Indexes.Storage;
using Search.Vectors;

namespace Search.Ann.Indexes.Lsh;

/// <summary>
/// The hash functions of all tables. Each projects onto a direction; with a width the value is the cell of that width it falls into (Datar,
/// Immorlica, Indyk and Mirrokni, "Locality-sensitive hashing scheme based on p-stable distributions", SCG 2004), without one the side of zero
/// (Charikar, "Similarity estimation techniques from rounding algorithms", STOC 2002). Immutable once designed.
/// </summary>
/// <remarks>
/// A bucket's key is the sum over the table's functions of value times weight, so that one step in one value changes it by a known amount, and a probe
/// costs one addition. Sides have the powers of two as weights, cells odd random numbers.
/// </remarks>
internal sealed class HashFunctions
{
    public const int MostPerTable = 30;

    private readonly uint[] _weights;

    public HashFunctions(int tables, int perTable, float width, float reach, VectorRows directions, ulong seed)
    {
        (Tables, PerTable, Width, Reach, Directions) = (tables, perTable, width, reach, directions);
        Offsets = new float[tables * perTable];
        Lifts = new float[tables * perTable];
        _weights = new uint[tables * perTable];
        for (var f = 0; f < _weights.Length; f++)
            _weights[f] = width > 0 ? (uint)Draw.Mix(seed + (ulong)f) | 1 : 1u << (f % perTable);
    }

    public int Tables { get; }

    public int PerTable { get; }

    public int Count => Tables * PerTable;

    /// <summary>Of a cell, in the unit of the vectors; 0 for functions that tell sides.</summary>
    public float Width { get; }

    /// <summary>Under inner product the length to which vectors are lifted, see <see cref="Lifting"/>; 0 otherwise.</summary>
    public float Reach { get; }

    /// <summary>One row a function, of unit length and, within a table, at right angles to each other.</summary>
    public VectorRows Directions { get; }

    /// <summary>Added to each projection.</summary>
    public float[] Offsets { get; }

    /// <summary>Weights of the lifted component.</summary>
    public float[] Lifts { get; }

    public long Bytes => Directions.Bytes + MemorySize.Of(Offsets) + MemorySize.Of(Lifts) + MemorySize.Of(_weights);

    /// <summary>Ways to step out of a cell: up and down, or across.</summary>
    public int StepsPerTable => Width > 0 ? 2 * PerTable : PerTable;

    /// <summary>The projections of a stored vector, one a function.</summary>
    public void ProjectStored(ReadOnlySpan<float> vector, Span<float> projections)
    {
        var lifted = Reach > 0 ? Lifting.Component((float)VectorKernels.SquaredNorm(vector), Reach) : 0;
        for (var f = 0; f < Count; f++)
            projections[f] = VectorKernels.Dot(vector, Directions.Row(f)) + lifted * Lifts[f] + Offsets[f];
    }

    /// <summary>The projections of a query: under inner product it is scaled to the common length and has no lifted component.</summary>
    public void ProjectQuery(ReadOnlySpan<float> query, Span<float> projections)
    {
        var scale = Reach > 0 ? Lifting.QueryScale((float)VectorKernels.SquaredNorm(query), Reach) : 1;
        for (var f = 0; f < Count; f++)
            projections[f] = VectorKernels.Dot(query, Directions.Row(f)) * scale + Offsets[f];
    }

    /// <summary>The key of the bucket in one table.</summary>
    public uint Key(int table, ReadOnlySpan<float> projections)
    {
        var key = 0u;
        for (var f = table * PerTable; f < (table + 1) * PerTable; f++)
            key += (uint)Value(projections[f]) * _weights[f];
        return key;
    }

    /// <summary>What one function makes of its projection.</summary>
    public int Value(float projection) => Width > 0 ? (int)MathF.Floor(projection / Width) : projection > 0 ? 1 : 0;

    /// <summary>
    /// The steps out of the query's bucket in one table, the shortest first: the squared distance to the boundary, and what the step does to the key. With cells,
    /// step i and step <see cref="StepsPerTable"/> − 1 − i are the two out of the same cell.
    /// </summary>
    public void Steps(int table, ReadOnlySpan<float> projections, Span<float> costs, Span<uint> changes)
    {
        for (var i = 0; i < PerTable; i++)
        {
            var f = table * PerTable + i;
            var projection = projections[f];
            float distance;
            uint change;
            if (Width > 0)
            {
                var above = projection - MathF.Floor(projection / Width) * Width;
                (distance, change) = above < Width - above ? (above, 0u - _weights[f]) : (Width - above, _weights[f]);
                distance = Math.Clamp(distance, 0, Width);
            }
            else
            {
                (distance, change) = (MathF.Abs(projection), projection > 0 ? 0u - _weights[f] : _weights[f]);
            }
            // Insertion: a dozen, and more often than not nearly in order.
            var at = i;
            for (; at > 0 && costs[at - 1] > distance; at--)
                (costs[at], changes[at]) = (costs[at - 1], changes[at - 1]);
            (costs[at], changes[at]) = (distance, change);
        }
        if (Width > 0)
        {
            for (var i = 0; i < PerTable; i++)
                (costs[^(i + 1)], changes[^(i + 1)]) = (Width - costs[i], 0u - changes[i]);
        }
        foreach (ref var cost in costs)
            cost *= cost;
    }

    /// <summary>Bits of a bucket's number for so many vectors: a quarter as many buckets.</summary>
    public static int BucketBits(int vectors) => Math.Clamp(BitOperations.Log2((uint)Math.Max(1, vectors)) - 2, 4, 28);
}
