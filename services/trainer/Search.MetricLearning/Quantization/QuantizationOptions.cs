namespace Search.MetricLearning.Quantization;

/// <summary>How a float32 graph becomes an 8-bit one.</summary>
public sealed record QuantizationOptions
{
    /// <summary>
    /// Bits of a weight's code, 7 or 8. Processors with AVX2 but without VNNI add two products in 16 bits, which overflow with 8-bit weights: recall
    /// falls by a third. 7 bits are right everywhere.
    /// </summary>
    public int WeightBits { get; init; } = 7;

    /// <exception cref="ArgumentOutOfRangeException">Another number of bits.</exception>
    internal int LargestWeight => WeightBits is 7 or 8
        ? (1 << (WeightBits - 1)) - 1
        : throw new ArgumentOutOfRangeException(nameof(WeightBits), WeightBits, "A weight has 7 or 8 bits.");
}
