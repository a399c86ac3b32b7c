using Search.Contracts;

namespace Search.Registry;

/// <summary>A model may not take production's place: nothing says that it is good enough, or something says that it is not.</summary>
/// <param name="verdict">The one that stands against it, or the last that does not speak for it; null when it was never judged beside this production.</param>
public sealed class ModelNotAdmittedException(EmbeddingModelId candidate, EmbeddingModelId production, RecordedVerdict? verdict)
    : Exception($"{candidate} may not take the place of {production}: {(verdict is null ? "it was not judged beside it" : $"the verdict of {verdict.JudgedAt:u} is {verdict.Outcome}")}.")
{
    public EmbeddingModelId Candidate { get; } = candidate;

    public EmbeddingModelId Production { get; } = production;

    public RecordedVerdict? Verdict { get; } = verdict;
}
