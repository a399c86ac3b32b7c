using Search.Ann.Indexes.Filters;
using Search.Ann.Indexes.Metrics;
using Search.Ann.Indexes.Storage;
using Search.Vectors;

namespace Search.Ann.Indexes.Candidates;

/// <summary>
/// The search of an index in two steps, one that is written to and one in a mapped file alike: a <see cref="ICandidateProposer{TSlots}"/> proposes slots, and the exact scores of those decide. Effort is the
/// number of candidates; one as large as the index makes the answer exact, and the first step is skipped. Thread-safe as long as nobody changes what it reads.
/// </summary>
internal sealed partial class CandidateSearch<TMetric, TSlots>(TSlots slots, Func<CandidateScratch<TSlots>> createScratch)
    where TMetric : struct, IMetric
    where TSlots : struct, ICandidateSlots
{
    private readonly TSlots _slots = slots;
    private readonly ScratchPool<CandidateScratch<TSlots>> _scratches = new(createScratch);

    /// <param name="query">As the index stores vectors.</param>
    /// <param name="effort">Candidates to look at; k + 1 where it is less.</param>
    public int Run(ICandidateProposer<TSlots> source, ReadOnlySpan<float> query, int k, int effort, IdFilter? filter, Span<ScoredId> results, out SearchStatistics statistics)
    {
        var room = ResultRoom.For(k, _slots.IdCount, results);
        // Every slot has an id, but for one at most, whose id has just moved on.
        var needed = k == int.MaxValue ? k : k + 1;
        var wanted = Math.Max(needed, effort);
        if (filter is not null) return RunFiltered(source, query, needed, wanted, new SlotFilter<TSlots>(_slots, filter), room, out statistics);
        var top = new TopK(room);
        var occupied = _slots.OccupiedCount;
        if (wanted >= occupied)
        {
            Scan(query, ref top);
            statistics = new SearchStatistics(occupied, occupied);
            return top.Sort();
        }

        var scratch = _scratches.Rent();
        try
        {
            scratch.Visits = 0;
            scratch.Found.Reset(_slots.SlotCount, needed, wanted);
            if (source.TryCollect(query, scratch))
            {
                var found = scratch.Found.Drain();
                Score(query, found, ref top);
                statistics = new SearchStatistics(found.Length, scratch.Visits);
            }
            else
            {
                Scan(query, ref top);
                statistics = new SearchStatistics(occupied, scratch.Visits + occupied);
            }
            return top.Sort();
        }
        finally
        {
            _scratches.Return(scratch);
        }
    }

    private void Score(ReadOnlySpan<float> query, ReadOnlySpan<int> found, ref TopK top)
    {
        var ahead = AskForFirst(found);
        for (var i = 0; i < found.Length; i++)
        {
            if (i + ahead < found.Length) _slots.Prefetch(found[i + ahead]);
            Offer(found[i], TMetric.Score(query, _slots.Row(found[i])), ref top);
        }
    }

    /// <returns>How many vectors on the next is to be asked for.</returns>
    private int AskForFirst(ReadOnlySpan<int> found)
    {
        var ahead = _slots.LookAhead;
        foreach (var slot in found[..Math.Min(ahead, found.Length)])
            _slots.Prefetch(slot);
        return ahead;
    }

    private void Scan(ReadOnlySpan<float> query, ref TopK top)
    {
        for (var slot = 0; slot < _slots.SlotCount; slot++)
        {
            if (!_slots.Of(slot).IsEmpty) Offer(slot, TMetric.Score(query, _slots.Row(slot)), ref top);
        }
    }

    private void Offer(int slot, float score, ref TopK top)
    {
        // Nearly every candidate ends here; an equal score may still win by its id.
        if (score < top.Threshold) return;
        foreach (var id in _slots.Of(slot))
        {
            // Ids ascend and share the score: where one does not enter, none after it does.
            if (!top.Offer(id, score)) break;
        }
    }
}
