namespace Search.Ann.Indexes.Candidates;

/// <summary>What one search writes to; a kind of index adds its own. Rented for the length of a search, so that searches allocate nothing.</summary>
internal abstract class CandidateScratch<TSlots>
    where TSlots : struct, ICandidateSlots
{
    public CandidateSet<TSlots> Found { get; } = new();

    /// <summary>Tree nodes or buckets read by this search.</summary>
    public long Visits { get; set; }
}
