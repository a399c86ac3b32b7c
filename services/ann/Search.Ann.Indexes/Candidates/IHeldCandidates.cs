namespace Search.Ann.Indexes.Candidates;

/// <summary>An index whose parts can be read as they are at one moment.</summary>
internal interface IHeldCandidates
{
    /// <summary>Writers wait meanwhile; searches go on.</summary>
    TResult Hold<TResult>(Func<IndexShape, SlotTable, ICandidateSource, TResult> read);
}
