namespace Search.Ann.Indexes.Candidates;

/// <summary>What says which slots are worth an exact look, to <see cref="CandidateSearch{TMetric,TSlots}"/>.</summary>
internal interface ICandidateProposer<TSlots>
    where TSlots : struct, ICandidateSlots
{
    CandidateScratch<TSlots> CreateScratch();

    /// <summary>
    /// Puts the most promising slots into <see cref="CandidateScratch{TSlots}.Found"/> until it <see cref="CandidateSet{TSlots}.IsComplete"/>, and a few more where they come in groups. The
    /// caller looks at all vectors where they are not <see cref="CandidateSet{TSlots}.IsEnough"/>, or there is nothing to propose from and this says false.
    /// </summary>
    bool TryCollect(ReadOnlySpan<float> query, CandidateScratch<TSlots> scratch);
}
