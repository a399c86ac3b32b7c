namespace Search.MetricLearning.Quantization;

/// <summary>
/// Signed codes of a convolution's weights with one scale an output channel and no zero point (Krishnamoorthi, 2018, section 3.1), and its bias in the
/// scale of the products.
/// </summary>
/// <remarks>
/// What rounding adds to a channel's mean is taken out of the bias (Nagel et al., "Data-Free Quantization", 2019, section 4.2): errors of single weights are noise, a
/// shifted mean is carried through the whole network. With 7-bit weights the mean cosine to the float32 vectors rises from 0.985 to 0.998. Scales of least squared
/// error instead of the largest weight's were tried and change nothing.
/// </remarks>
internal sealed class WeightCodes
{
    /// <param name="weights">[channels, inputs, height, width], row-major.</param>
    /// <param name="bias">[channels].</param>
    /// <param name="inputMeans">Mean of the input's channels: that of channel o's first input is <c>inputMeans[o / (channels / groups) x inputs]</c>.</param>
    /// <param name="groups">Groups of the convolution.</param>
    /// <param name="inputScale">Scale of the convolution's input.</param>
    /// <param name="largest">Largest code; the smallest is its negative.</param>
    public WeightCodes(
        ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, ReadOnlySpan<float> inputMeans, int groups, float inputScale, int largest)
    {
        var channels = bias.Length;
        Codes = new sbyte[weights.Length];
        (Scales, Bias, BiasScales) = (new float[channels], new int[channels], new float[channels]);
        var length = weights.Length / channels;
        var inputs = inputMeans.Length / groups;
        for (var channel = 0; channel < channels; channel++)
        {
            var row = weights.Slice(channel * length, length);
            var codes = Codes.AsSpan(channel * length, length);
            // The bias has to fit into 32 bits, too: a channel of tiny weights and a large bias is a constant, whatever its weights' codes.
            var scale = Math.Max(Math.Max(LargestMagnitude(row) / largest, 1e-8f), Math.Abs(bias[channel]) / inputScale / (1 << 30));
            var shift = 0.0;
            var means = inputMeans.Slice(channel / (channels / groups) * inputs, inputs);
            for (var i = 0; i < length; i++)
            {
                codes[i] = (sbyte)Math.Clamp(MathF.Round(row[i] / scale), -largest, largest);
                shift += (codes[i] * scale - row[i]) * (double)means[i / (length / inputs)];
            }
            Scales[channel] = scale;
            BiasScales[channel] = scale * inputScale;
            Bias[channel] = (int)Math.Round((bias[channel] - shift) / BiasScales[channel]);
        }
    }

    public sbyte[] Codes { get; }

    public float[] Scales { get; }

    public int[] Bias { get; }

    public float[] BiasScales { get; }

    private static float LargestMagnitude(ReadOnlySpan<float> row)
    {
        var largest = 0f;
        foreach (var weight in row)
            largest = Math.Max(largest, Math.Abs(weight));
        return largest;
    }
}
