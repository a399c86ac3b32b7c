namespace Search.Ann.Local;

/// <summary>What a collection keeps about a key beside its vector. Immutable: a new revision is a new entry under the same id.</summary>
/// <param name="Id">The index's id. Never given to another key.</param>
/// <param name="Segment">Number of the segment that the vector was written to.</param>
internal sealed record Entry(long Id, string Key, long Revision, int Segment);
