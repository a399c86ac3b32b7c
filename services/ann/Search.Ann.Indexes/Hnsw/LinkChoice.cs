using Search.Ann.Indexes.Metrics;
using Search.Ann.Indexes.Storage;

namespace Search.Ann.Indexes.Hnsw;

/// <summary>
/// Algorithm 4 of the paper, the diversity heuristic: going from near to far, a candidate nearer to one already chosen than to the node itself is left out,
/// because the chosen one leads there. Reads only.
/// </summary>
internal static class LinkChoice<TMetric>
    where TMetric : struct, IMetric
{
    /// <summary>Chooses for a new node.</summary>
    /// <param name="candidates">Scored against the node, best first.</param>
    /// <param name="alphaSquared">See <see cref="HnswOptions.Alpha"/>.</param>
    /// <param name="chosen">Room for the most that are wanted.</param>
    /// <returns>How many were chosen.</returns>
    public static int Choose(VectorRows vectors, ReadOnlySpan<ulong> candidates, float alphaSquared, Span<int> chosen)
    {
        var count = 0;
        foreach (var candidate in candidates)
        {
            if (count == chosen.Length) break;
            var slot = ScoredSlot.Slot(candidate);
            if (!IsOccluded(vectors, slot, ScoredSlot.Score(candidate), alphaSquared, chosen[..count])) chosen[count++] = slot;
        }
        return count;
    }

    /// <summary>Whether one of the chosen is nearer to this candidate than the node for which links are chosen.</summary>
    public static bool IsOccluded(VectorRows vectors, int slot, float score, float alphaSquared, ReadOnlySpan<int> chosen)
    {
        var limit = TMetric.Nearer(score, alphaSquared);
        var vector = vectors.Row(slot);
        foreach (var other in chosen)
        {
            if (TMetric.Score(vector, vectors.Row(other)) > limit) return true;
        }
        return false;
    }
}
