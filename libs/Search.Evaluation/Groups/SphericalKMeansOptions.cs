namespace Search.Evaluation.Groups;

/// <summary>How <see cref="SphericalKMeans"/> looks for clusters.</summary>
public sealed record SphericalKMeansOptions
{
    /// <summary>Times that it starts anew, the best being kept. Default 3: k-means++ rarely starts badly.</summary>
    public int Restarts { get; init; } = 3;

    /// <summary>Rounds of a start at most; it ends when no row changes its cluster. Default 50.</summary>
    public int Rounds { get; init; } = 50;

    /// <summary>Of the first centroids. Default 1.</summary>
    public int Seed { get; init; } = 1;
}
