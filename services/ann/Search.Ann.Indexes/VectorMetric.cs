namespace Search.Ann.Indexes;

/// <summary>What "similar" means. Scores grow with similarity under every metric, so that all results are ordered alike.</summary>
public enum VectorMetric
{
    /// <summary>Cosine of the angle, in [-1, 1]. Vectors are stored at unit length; a vector without direction is refused.</summary>
    Cosine = 0,

    /// <summary>Σ aᵢbᵢ. Not a metric in the strict sense: graphs serve it with less recall than the others.</summary>
    InnerProduct = 1,

    /// <summary>Minus the squared Euclidean distance, at most 0.</summary>
    SquaredL2 = 2,
}
