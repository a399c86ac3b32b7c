using System.Runtime.CompilerServices;
using Search.Vectors;

namespace Search.Ann.Indexes.Filters;

/// <summary>A filter as it looks from an index's slots: a slot passes when any of its ids does.</summary>
internal readonly struct SlotFilter<TIds>(TIds ids, IdFilter filter)
    where TIds : struct, ISlotIds
{
    public TIds Ids => ids;

    public IdFilter Filter => filter;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Passes(int slot)
    {
        foreach (var id in ids.Of(slot))
        {
            if (filter.Passes(id)) return true;
        }
        return false;
    }

    /// <summary>Offers those ids of the slot that pass.</summary>
    public void Offer(int slot, float score, ref TopK top)
    {
        // Nearly every candidate ends here; an equal score may still win by its id.
        if (score < top.Threshold) return;
        foreach (var id in ids.Of(slot))
        {
            // Ids ascend and share the score: where one does not enter, none after it does.
            if (filter.Passes(id) && !top.Offer(id, score)) break;
        }
    }
}
