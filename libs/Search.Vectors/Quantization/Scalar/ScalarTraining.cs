namespace Search.Vectors.Quantization.Scalar;

/// <summary>Lays the levels: the range of every dimension from the sample's order statistics.</summary>
internal static class ScalarTraining
{
    private const int LastLevel = byte.MaxValue;

    public static ScalarQuantizer Train(TrainingSample sample, CodeMetric metric, ScalarQuantizerOptions options)
    {
        options.Validate();
        var rows = sample.For(metric);
        var (dimension, count) = (sample.Dimension, sample.Count);
        var clipped = (int)(options.ClippedShare * count);
        var middles = new float[dimension];
        var steps = new float[dimension];
        var column = new float[count];
        for (var d = 0; d < dimension; d++)
        {
            for (var row = 0; row < count; row++)
                column[row] = rows[row * dimension + d];
            Array.Sort(column);
            // In float64: the ends of a range of float32 may be further apart than float32 reaches.
            double low = column[clipped], high = column[count - 1 - clipped];
            steps[d] = (float)((high - low) / LastLevel);
            middles[d] = (float)((low + high) / 2);
        }

        if (options.SharedStep) Array.Fill(steps, steps.Max());
        // Level 0 of 256 is the middle's 128 below it, the last only 127 above.
        for (var d = 0; d < dimension; d++)
            middles[d] += steps[d] / 2;
        return new ScalarQuantizer(metric, middles, steps);
    }
}
