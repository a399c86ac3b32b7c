using System.Buffers;
using Search.Ann.Indexes;
using Search.Ann.Indexes.Filters;
using Search.Ann.Local.Segments;
using Search.Contracts.Messages;
using Search.Vectors;

namespace Search.Ann.Local;

/// <summary>From the segments' answers, ids ordered by score and id, to a collection's: keys ordered by score and key.</summary>
internal static class NeighbourSearch
{
    // Room to see whether the k-th score is shared by pictures beyond it.
    private const int Margin = 8;

    // While fewer than one in so many are dead, a few more asked for make up for them. A filter looks into the table of entries for every candidate, which is as dear as scoring one.
    private const int MostDeadShare = 2;

    public static NeighboursFound Run(SegmentList list, EntryTable entries, ReadOnlySpan<float> vector, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        while (true)
        {
            var segments = list.All;
            var (hits, distances, isComplete) = (new List<Hit>(), 0L, true);
            foreach (var segment in segments)
                isComplete &= Collect(segment, entries, vector, k, hits, ref distances);
            // A segment that came meanwhile may have what was taken out of one of these.
            if (!ReferenceEquals(segments, list.All)) continue;

            if (segments.Length > 1) KeepNewest(hits);
            hits.Sort(static (a, b) => b.Score.CompareTo(a.Score) is var byScore and not 0 ? byScore : string.CompareOrdinal(a.Key, b.Key));
            var neighbours = new Neighbour[Math.Min(k, hits.Count)];
            for (var i = 0; i < neighbours.Length; i++)
                neighbours[i] = new Neighbour(hits[i].Key, hits[i].Score);
            return new NeighboursFound { Neighbours = neighbours, Exhausted = isComplete && hits.Count <= k, DistancesComputed = distances };
        }
    }

    /// <summary>Adds the segment's k best that are alive, and all that share the k-th one's score. True when there are no more than it added.</summary>
    private static bool Collect(Segment segment, EntryTable entries, ReadOnlySpan<float> vector, int k, List<Hit> hits, ref long distances)
    {
        var before = hits.Count;
        var (count, dead) = (segment.Index.Count, segment.Dead);
        var options = MostDeadShare * dead > count ? Living(segment, entries) : default;
        var wanted = k + (long)Margin;
        if (options.Filter is null) wanted += wanted * dead / Math.Max(1, count - dead);
        while (true)
        {
            // More than all there are need no room, but for those that a writer adds before the search begins.
            var fetch = (int)Math.Min(wanted, segment.Index.Count + (long)Margin);
            var buffer = ArrayPool<ScoredId>.Shared.Rent(fetch);
            try
            {
                var found = buffer.AsSpan(0, segment.Index.Search(vector, fetch, options, buffer, out var work));
                distances += work.DistancesComputed;
                foreach (var (id, score) in found)
                {
                    // Missing, or in another segment: removed or replaced, before the search or since, so it is right to leave it out.
                    if (entries.TryGet(id, out var entry) && segment.Holds(entry)) hits.Add(new Hit(id, score, entry.Key));
                }
                if (found.Length < fetch) return true;
                var alive = hits.Count - before;
                if (alive >= k && found[^1].Score < hits[before + k - 1].Score) return false;
                hits.RemoveRange(before, alive);
                if (alive < k && options.Filter is null)
                {
                    // The dead lie where the query does.
                    options = Living(segment, entries);
                    wanted = k + (long)Margin;
                }
                else
                {
                    // Ties at the cut belong to the smallest keys, and the index went by ids: look further.
                    wanted *= 2;
                }
            }
            finally
            {
                ArrayPool<ScoredId>.Shared.Return(buffer);
            }
        }
    }

    private static SearchOptions Living(Segment segment, EntryTable entries) =>
        new() { Filter = IdFilter.Where(id => entries.TryGet(id, out var entry) && segment.Holds(entry)) };

    /// <summary>Of a picture that was written to a newer segment between the look at its old one and the look at the newer, that one counts.</summary>
    private static void KeepNewest(List<Hit> hits)
    {
        var seen = new HashSet<long>(hits.Count);
        for (var i = hits.Count - 1; i >= 0; i--)
        {
            if (!seen.Add(hits[i].Id)) hits.RemoveAt(i);
        }
    }

    private readonly record struct Hit(long Id, float Score, string Key);
}
