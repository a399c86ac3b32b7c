using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Search.Vectors;

namespace Search.Ann.Indexes.Storage.Frozen;

/// <summary>The vectors as they were given, by slot: read for the few candidates that a search scores again, so they may stay on the disk.</summary>
internal readonly struct FrozenVectors(int dimension, RegionSlice<float> values) : IVectorRows
{
    public int Dimension { get; } = dimension;

    public RegionSlice<float> Values { get; } = values;

    public static FrozenVectors Allocate(int dimension, int count) => new(dimension, RegionSlice<float>.Allocate((long)count * dimension));

    /// <summary>No bounds check of its own: that there is such a slot is the caller's promise.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<float> Row(int slot) => MemoryMarshal.CreateSpan(ref Values.At((long)slot * Dimension), Dimension);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int slot) => MemoryAhead.Read(ref Values.At((long)slot * Dimension), Dimension);
}
