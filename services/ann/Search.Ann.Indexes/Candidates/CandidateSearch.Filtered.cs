using Search.Ann.Indexes.Filters;
using Search.Vectors;

namespace Search.Ann.Indexes.Candidates;

/// <content>
/// Searches with a filter. Effort means what it means without: where thirty candidates are looked at for each result, thirty times as many are as lie before the last result. How many lie
/// before it, of those that pass and of those that don't, is estimated from the first look by scoring a few of the others. For a filter that has nothing to do with the query that is
/// what was looked at; for one that hardly anything near the query passes it is far more, and soon more than a scan costs.
/// </content>
internal sealed partial class CandidateSearch<TMetric, TSlots>
{
    // Of those that do not pass.
    private const int LargestSample = 128;

    // An estimate from so few is taken for right when it is not further off than this.
    private const double Tolerance = 1.25;

    private int RunFiltered(
        ICandidateProposer<TSlots> source, ReadOnlySpan<float> query, int needed, int wanted, SlotFilter<TSlots> filter, Span<ScoredId> room, out SearchStatistics statistics)
    {
        Span<int> sample = stackalloc int[FilterSample.Enough];
        var plan = FilterPlan.ForCandidates(filter, FilterSample.Share(filter, sample, out _), wanted);
        statistics = default;
        TopK top;
        if (plan.Route != FilterRoute.Scan)
        {
            var scratch = _scratches.Rent();
            try
            {
                for (var looks = wanted / plan.Share; looks < plan.MostLooked;)
                {
                    scratch.Visits = 0;
                    scratch.Found.Reset(_slots.SlotCount, needed, (long)looks, filter);
                    var isEnough = source.TryCollect(query, scratch);
                    statistics += new SearchStatistics(0, scratch.Visits);
                    if (!isEnough) break;
                    top = new TopK(room);
                    var passing = scratch.Found.Drain(out var others);
                    Score(query, passing, filter, ref top);
                    var before = CountAbove(query, others, top.Threshold, out var sampled);
                    statistics += new SearchStatistics(passing.Length + sampled, 0);
                    var due = (room.Length + before) * wanted / needed;
                    if (due <= Tolerance * (passing.Length + others.Length)) return top.Sort();
                    looks = due;
                }
            }
            finally
            {
                _scratches.Return(scratch);
            }
        }
        top = new TopK(room);
        var scanned = FilterScan<TMetric>.Run(query, _slots, filter, ref top);
        statistics += new SearchStatistics(scanned, scanned);
        return top.Sort();
    }

    private void Score(ReadOnlySpan<float> query, ReadOnlySpan<int> found, SlotFilter<TSlots> filter, ref TopK top)
    {
        var ahead = AskForFirst(found);
        for (var i = 0; i < found.Length; i++)
        {
            if (i + ahead < found.Length) _slots.Prefetch(found[i + ahead]);
            filter.Offer(found[i], TMetric.Score(query, _slots.Row(found[i])), ref top);
        }
    }

    /// <summary>How many of the slots are better than the threshold, estimated.</summary>
    private double CountAbove(ReadOnlySpan<float> query, ReadOnlySpan<int> found, float threshold, out int sampled)
    {
        sampled = Math.Min(found.Length, LargestSample);
        var above = 0;
        for (var i = 0; i < sampled; i++)
        {
            var slot = found[(int)((long)i * found.Length / sampled)];
            above += TMetric.Score(query, _slots.Row(slot)) > threshold ? 1 : 0;
        }
        return sampled == 0 ? 0 : (double)above * found.Length / sampled;
    }
}
