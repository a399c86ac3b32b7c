using Search.Contracts.Verdicts;

namespace Search.Contracts.Messages;

/// <summary>
/// Query to the nearest-neighbour service, answered with a <see cref="ModelVerdict"/>: is the candidate at least as good as production on the catalogue that both have collections of? Takes seconds.
/// </summary>
public sealed record JudgeModels
{
    public required EmbeddingModelId Candidate { get; init; }

    public required EmbeddingModelId Production { get; init; }
}

/// <summary>Query to the embedding service, answered with <see cref="VerdictList"/>: keep a verdict beside the two models, for good.</summary>
public sealed record RecordVerdict
{
    public required ModelVerdict Verdict { get; init; }
}

/// <summary>Query to the embedding service, answered with <see cref="VerdictList"/>: how did a model do whenever it was judged as a candidate?</summary>
public sealed record GetVerdicts
{
    public required EmbeddingModelId Candidate { get; init; }
}

/// <summary>Answer to <see cref="GetVerdicts"/> and <see cref="RecordVerdict"/>.</summary>
public sealed record VerdictList
{
    /// <summary>Those of one candidate, newest first, the last twenty at most.</summary>
    public required ModelVerdict[] Verdicts { get; init; }
}
