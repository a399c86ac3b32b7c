namespace Search.Vectors.Quantization.Scalar;

/// <summary>How <see cref="ScalarQuantizer"/> lays its 256 levels over the values of the sample.</summary>
public sealed record ScalarQuantizerOptions
{
    /// <summary>
    /// The share of the sample cut off at each end of every dimension, 0 (the default: levels reach from the least to the greatest value) up to
    /// but not including 0.5. A small share (0.001 to 0.01) makes the levels finer where outliers are rare; values beyond them are clamped.
    /// </summary>
    public double ClippedShare { get; init; }

    /// <summary>
    /// One step for all dimensions instead of one each. Costs precision where dimensions differ in range; makes distances between two codes plain
    /// integer arithmetic (<see cref="ScalarQuantizer.SquaredDistance"/>).
    /// </summary>
    public bool SharedStep { get; init; }

    internal void Validate()
    {
        if (ClippedShare is not (>= 0 and < 0.5))
            throw new ArgumentOutOfRangeException(nameof(ClippedShare), ClippedShare, $"{nameof(ClippedShare)} is a share at each end: from 0 to below 0.5.");
    }
}
