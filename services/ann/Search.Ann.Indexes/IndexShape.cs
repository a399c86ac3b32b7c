namespace Search.Ann.Indexes;

/// <summary>What an index holds. Fixed for its life.</summary>
public sealed record IndexShape
{
    /// <summary>The largest dimension an index accepts.</summary>
    public const int MaxDimension = 65_536;

    /// <summary>Vectors of one length, compared in one way.</summary>
    /// <param name="dimension">Components of every vector, 1 to <see cref="MaxDimension"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A dimension or metric that does not exist.</exception>
    public IndexShape(VectorMetric metric, int dimension)
    {
        if (!Enum.IsDefined(metric)) throw new ArgumentOutOfRangeException(nameof(metric), metric, "No such metric.");
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimension, MaxDimension);
        Metric = metric;
        Dimension = dimension;
    }

    /// <summary>What a score is.</summary>
    public VectorMetric Metric { get; }

    /// <summary>Components of every vector.</summary>
    public int Dimension { get; }
}
