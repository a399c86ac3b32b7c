using Search.Ann.Indexes.Metrics;
using Search.Ann.Indexes.Storage;
using Search.Vectors;

namespace Search.Ann.Indexes.Filters;

/// <summary>Scores all that pass, and nothing else: the exact answer, and the fastest way to one where few pass.</summary>
internal static class FilterScan<TMetric>
    where TMetric : struct, IMetric
{
    // So many rows are on their way from memory together.
    private const int Batch = 16;

    /// <returns>Distances computed.</returns>
    public static long Run<TIds>(ReadOnlySpan<float> query, VectorRows vectors, SlotFilter<TIds> filter, ref TopK top)
        where TIds : struct, ISlotIds => Run(query, new LiveRows(vectors), filter, ref top);

    /// <inheritdoc cref="Run{TIds}"/>
    public static long Run<TRows, TIds>(ReadOnlySpan<float> query, TRows vectors, SlotFilter<TIds> filter, ref TopK top)
        where TRows : struct, IVectorRows
        where TIds : struct, ISlotIds =>
        FilterPlan.GoesById(filter) ? ById(query, vectors, filter.Ids, (IdSet)filter.Filter, ref top) : BySlot(query, vectors, filter, ref top);

    private static long ById<TRows, TIds>(ReadOnlySpan<float> query, TRows vectors, TIds slotIds, IdSet set, ref TopK top)
        where TRows : struct, IVectorRows
        where TIds : struct, ISlotIds
    {
        Span<int> slots = stackalloc int[Batch];
        Span<long> ids = stackalloc long[Batch];
        long cursor = 0, distances = 0;
        int count;
        do
        {
            count = 0;
            while (count < Batch && set.TryNext(ref cursor, out var id))
            {
                var slot = slotIds.SlotOf(id);
                if (slot < 0) continue;
                vectors.Prefetch(slot);
                (slots[count], ids[count]) = (slot, id);
                count++;
            }
            for (var i = 0; i < count; i++)
                top.Offer(ids[i], TMetric.Score(query, vectors.Row(slots[i])));
            distances += count;
        }
        while (count == Batch);
        return distances;
    }

    private static long BySlot<TRows, TIds>(ReadOnlySpan<float> query, TRows vectors, SlotFilter<TIds> filter, ref TopK top)
        where TRows : struct, IVectorRows
        where TIds : struct, ISlotIds
    {
        Span<int> slots = stackalloc int[Batch];
        var (distances, next) = (0L, 0);
        while (next < filter.Ids.SlotCount)
        {
            var count = 0;
            for (; count < Batch && next < filter.Ids.SlotCount; next++)
            {
                if (!filter.Passes(next)) continue;
                vectors.Prefetch(next);
                slots[count++] = next;
            }
            foreach (var slot in slots[..count])
                filter.Offer(slot, TMetric.Score(query, vectors.Row(slot)), ref top);
            distances += count;
        }
        return distances;
    }
}
