using System.Runtime.InteropServices;
using Search.Ann.Indexes.Storage;

namespace Search.Ann.Indexes.Rescoring;

/// <summary>Vectors one after the other in ascending order of their ids. Immutable.</summary>
internal sealed class FlatVectors(int dimension, IdOrder order, RegionSlice<float> values) : IVectorSource
{
    public int Dimension { get; } = dimension;

    public int Count => order.Count;

    public long Bytes => order.Ids.Bytes + values.Bytes;

    public bool IsMapped => values.Region.IsMapped;

    public bool TryGet(long id, out ReadOnlySpan<float> vector)
    {
        var place = order.PlaceOf(id);
        vector = place < 0 ? default : MemoryMarshal.CreateReadOnlySpan(ref values.At((long)place * Dimension), Dimension);
        return place >= 0;
    }

    public void Dispose()
    {
        order.Ids.Region.Dispose();
        values.Region.Dispose();
    }
}
