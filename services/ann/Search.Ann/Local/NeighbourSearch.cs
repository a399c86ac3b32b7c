using System.Buffers;
using Search.Ann.Indexes;
using Search.Contracts.Messages;
using Search.Vectors;

namespace Search.Ann.Local;

/// <summary>From an index's answer, ids ordered by score and id, to a collection's: keys ordered by score and key.</summary>
internal static class NeighbourSearch
{
    // Room to see whether the k-th score is shared by pictures beyond it.
    private const int Margin = 8;

    public static NeighboursFound Run(IVectorIndex index, EntryTable entries, ReadOnlySpan<float> vector, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        var statistics = default(SearchStatistics);
        var wanted = k + (long)Margin;
        while (true)
        {
            var count = index.Count;
            // More than all there are need no room, but for those that a writer adds before the search begins.
            var fetch = (int)Math.Min(wanted, count + (long)Margin);
            var buffer = ArrayPool<ScoredId>.Shared.Rent(fetch);
            try
            {
                var found = buffer.AsSpan(0, index.Search(vector, fetch, default, buffer, out var work));
                statistics += work;
                if (found.Length == fetch)
                {
                    // There may be more, beyond what a writer has just added.
                    if (fetch < k) continue;
                    // Ties at the cut belong to the smallest keys, and the index went by ids: look further until the tie ends.
                    if (found[^1].Score == found[k - 1].Score)
                    {
                        wanted *= 2;
                        continue;
                    }
                }
                var neighbours = Named(found, entries);
                neighbours.Sort(static (a, b) => b.Score.CompareTo(a.Score) is var byScore and not 0 ? byScore : string.CompareOrdinal(a.ImageKey, b.ImageKey));
                if (neighbours.Count > k) neighbours.RemoveRange(k, neighbours.Count - k);
                return new NeighboursFound { Neighbours = [.. neighbours], Exhausted = found.Length < fetch && found.Length <= k, DistancesComputed = statistics.DistancesComputed };
            }
            finally
            {
                ArrayPool<ScoredId>.Shared.Return(buffer);
            }
        }
    }

    private static List<Neighbour> Named(ReadOnlySpan<ScoredId> found, EntryTable entries)
    {
        var neighbours = new List<Neighbour>(found.Length);
        foreach (var (id, score) in found)
        {
            // Missing: removed between the search and here, so it is right to leave it out.
            if (entries.TryGet(id, out var entry)) neighbours.Add(new Neighbour(entry.Key, score));
        }
        return neighbours;
    }
}
