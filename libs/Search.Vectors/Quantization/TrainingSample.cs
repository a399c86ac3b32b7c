namespace Search.Vectors.Quantization;

/// <summary>
/// Vectors to train a quantiser on, one after the other in <see cref="Values"/>. A few thousand drawn at random describe a million well.
/// </summary>
public readonly ref struct TrainingSample
{
    /// <summary>Checks the values; they are not copied.</summary>
    /// <param name="values">Row after row, each of <paramref name="dimension"/> finite components.</param>
    /// <exception cref="ArgumentException">No row, half a row, or a component that is not finite.</exception>
    public TrainingSample(ReadOnlySpan<float> values, int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimension, Codes.CodeKernels.MaxDimension);
        if (values.IsEmpty || values.Length % dimension != 0)
            throw new ArgumentException($"A sample needs whole rows of {dimension} components, at least one; it has {values.Length} components.", nameof(values));
        if (!VectorKernels.IsFinite(values)) throw new ArgumentException("A sample must be finite; it has a component that is NaN or infinite.", nameof(values));
        Values = values;
        Dimension = dimension;
    }

    /// <summary>Row after row.</summary>
    public ReadOnlySpan<float> Values { get; }

    /// <summary>Components a row.</summary>
    public int Dimension { get; }

    /// <summary>Rows, at least 1.</summary>
    public int Count => Values.Length / Dimension;

    /// <summary>One row.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such row.</exception>
    public ReadOnlySpan<float> this[int row] => Values.Slice(row * Dimension, Dimension);

    /// <summary>The sample as the metric sees it: at unit length under cosine.</summary>
    internal float[] For(CodeMetric metric)
    {
        var rows = Values.ToArray();
        if (metric == CodeMetric.Cosine)
        {
            for (var row = 0; row < Count; row++)
                VectorKernels.TryNormalize(rows.AsSpan(row * Dimension, Dimension));
        }
        return rows;
    }
}
