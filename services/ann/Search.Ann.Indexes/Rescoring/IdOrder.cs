using Search.Ann.Indexes.Storage;

namespace Search.Ann.Indexes.Rescoring;

/// <summary>The place of each id among ascending ones. Ids without gaps, which is the usual case, need no search.</summary>
internal readonly struct IdOrder(RegionSlice<long> ids)
{
    private readonly bool _isDense = ids.Count > 0 && ids.At(ids.Count - 1) - ids.At(0) == ids.Count - 1;

    public RegionSlice<long> Ids { get; } = ids;

    public int Count => (int)Ids.Count;

    public static IdOrder Of(ReadOnlySpan<long> ascending)
    {
        var ids = RegionSlice<long>.Allocate(ascending.Length);
        ascending.CopyTo(ids.All);
        return new IdOrder(ids);
    }

    /// <returns>-1 for an unknown id.</returns>
    public int PlaceOf(long id)
    {
        if (_isDense)
        {
            var place = id - Ids.At(0);
            // A far id may wrap around; what it wraps to is checked.
            return (ulong)place < (ulong)Ids.Count && Ids.At(place) == id ? (int)place : -1;
        }
        return Math.Max(-1, Ids.All.BinarySearch(id));
    }

    public bool IsAscending()
    {
        for (var i = 1; i < Ids.Count; i++)
        {
            if (Ids.At(i) <= Ids.At(i - 1)) return false;
        }
        return true;
    }
}
