using System.Globalization;

namespace Search.Ann.Indexes.Tuning;

/// <summary>How much of what an exact search finds was found, at what effort and price.</summary>
public sealed record MeasuredRecall
{
    /// <summary>Recall is that of the first so many results.</summary>
    public required int K { get; init; }

    /// <summary><see cref="SearchOptions.Effort"/> of the searches; 0 for the index's own default.</summary>
    public required int Effort { get; init; }

    /// <summary>Searches that were measured.</summary>
    public required int Queries { get; init; }

    /// <summary>
    /// Mean share of the k nearest found, 0 to 1. A result counts when its score reaches that of the true k-th: of equal ones any is as good. 1 where there is nothing to find.
    /// </summary>
    public required double Recall { get; init; }

    /// <summary>Ends of the 95 % confidence interval of <see cref="Recall"/>, see <see cref="RecallInterval"/>.</summary>
    public required double Low { get; init; }

    /// <inheritdoc cref="Low"/>
    public required double High { get; init; }

    /// <summary>Mean of <see cref="SearchStatistics.DistancesComputed"/>.</summary>
    public required double DistancesPerQuery { get; init; }

    /// <summary>Mean of <see cref="SearchStatistics.NodesVisited"/>.</summary>
    public required double VisitsPerQuery { get; init; }

    /// <summary>One line for people, with a point for decimals.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"recall@{K} {Recall:0.0000} ({Low:0.0000} to {High:0.0000}) at effort {Effort}, {DistancesPerQuery:0} distances a query, {Queries} queries");
}
