using Search.Ann.Indexes.Candidates;

namespace Search.Ann.Indexes.Tree;

internal sealed class ForestScratch<TSlots> : CandidateScratch<TSlots>
    where TSlots : struct, ICandidateSlots
{
    /// <summary>Subtrees of any tree, the nearest on top. See <see cref="Pending"/>.</summary>
    public MinHeap Frontier { get; } = new();
}
