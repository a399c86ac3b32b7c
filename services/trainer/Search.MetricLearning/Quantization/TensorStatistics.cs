namespace Search.MetricLearning.Quantization;

/// <summary>Which values a tensor [N, C, H, W] took: their range and the mean of every channel. Not safe for concurrent use.</summary>
public sealed class TensorStatistics
{
    private double[] _sums = [];
    private long _valuesPerChannel;

    /// <summary>The smallest value seen; never above zero.</summary>
    /// <remarks>Zero belongs to every range because padding must be an exact code (Jacob et al., 2018, section 2.1).</remarks>
    public float Low { get; private set; }

    /// <summary>The largest value seen; never below zero.</summary>
    public float High { get; private set; }

    /// <summary>Mean of each channel, [C]; empty before the first values.</summary>
    public float[] ChannelMeans => [.. _sums.Select(sum => (float)(sum / _valuesPerChannel))];

    /// <summary>Takes in one more image's values.</summary>
    /// <param name="values">[C, H, W].</param>
    /// <param name="channels">C, at least 1.</param>
    /// <exception cref="ArgumentException">A value is NaN or infinite: the network or its input is broken, and no code can say so later.
    /// Or the values are not of the shape of those before.</exception>
    public void Add(ReadOnlySpan<float> values, int channels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        if (_sums.Length == 0)
            _sums = new double[channels];
        if (channels != _sums.Length || values.Length % channels != 0)
            throw new ArgumentException($"{values.Length} values in {channels} channels do not follow {_sums.Length} channels.", nameof(values));
        var length = values.Length / channels;
        for (var channel = 0; channel < channels; channel++)
        {
            var sum = 0.0;
            foreach (var value in values.Slice(channel * length, length))
            {
                // Both pass NaN on.
                (Low, High) = (Math.Min(Low, value), Math.Max(High, value));
                sum += value;
            }
            _sums[channel] += sum;
        }
        _valuesPerChannel += length;
        if (!float.IsFinite(Low) || !float.IsFinite(High))
            throw new ArgumentException($"The values reach from {Low} to {High}; only finite ones can be coded.", nameof(values));
    }
}
