namespace Search.Contracts.Verdicts;

/// <summary>What judging a candidate beside production on the same queries came to. Once recorded it never changes; judging again makes the next one.</summary>
public sealed record ModelVerdict
{
    public required EmbeddingModelId Candidate { get; init; }

    public required EmbeddingModelId Production { get; init; }

    public required VerdictSource Source { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset JudgedAt { get; init; }

    /// <summary>SHA-256 of what was asked, in 64 hexadecimal digits: the same items, pictures and categories give the same.</summary>
    public required string DataHash { get; init; }

    /// <summary>Pieces among which was searched.</summary>
    public required int Items { get; init; }

    /// <summary>Their pictures.</summary>
    public required int Pictures { get; init; }

    public required VerdictOutcome Outcome { get; init; }

    /// <summary>Whether the policy at the time lets the candidate take production's place on this verdict.</summary>
    public required bool Admits { get; init; }

    /// <summary>One sentence each: what was not good enough, what was left out.</summary>
    public required string[] Reasons { get; init; }

    /// <summary>One a metric that could be judged.</summary>
    public required VerdictFigure[] Figures { get; init; }
}

/// <summary>Where the queries of a verdict come from.</summary>
public enum VerdictSource
{
    /// <summary>The running suite's own items.</summary>
    Catalogue = 0,

    /// <summary>Photos in a folder, judged by the trainer.</summary>
    Photos = 1,
}

public enum VerdictOutcome
{
    /// <summary>Too little to go by.</summary>
    Undecided = 0,

    Passed = 1,

    Failed = 2,
}

/// <summary>One metric of both models over the same queries.</summary>
/// <param name="Metric">Question and measure, e.g. <c>category mAP</c>.</param>
/// <param name="Queries">How many were asked of both.</param>
/// <param name="Candidate">Mean, 0 to 1, more is better.</param>
/// <param name="Production">Mean, 0 to 1.</param>
/// <param name="Gain">Mean of the differences query by query.</param>
/// <param name="Low">Lower end of its 95 % interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="Categories">The same by the query's category, in order of its name.</param>
public sealed record VerdictFigure(string Metric, int Queries, double Candidate, double Production, double Gain, double Low, double High, VerdictCategory[] Categories);

/// <summary>One category's share of a <see cref="VerdictFigure"/>.</summary>
/// <param name="Counted">Whether it has enough queries to be held against the candidate.</param>
/// <param name="Worse">It counts, and the candidate loses more than is tolerated.</param>
public sealed record VerdictCategory(string Category, int Queries, double Candidate, double Production, double Gain, double Low, double High, bool Counted, bool Worse);
