namespace Search.Vectors.Quantization;

/// <summary>What a quantiser's scores estimate. Scores grow with similarity under every metric. The numbers are part of file formats.</summary>
public enum CodeMetric
{
    /// <summary>Cosine of the angle; quantisers bring vectors and queries to unit length themselves, and keep a zero vector zero.</summary>
    Cosine = 0,

    /// <summary>Σ aᵢbᵢ.</summary>
    InnerProduct = 1,

    /// <summary>Minus the squared Euclidean distance.</summary>
    SquaredL2 = 2,
}
