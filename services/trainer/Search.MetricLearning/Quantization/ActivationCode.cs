namespace Search.MetricLearning.Quantization;

/// <summary>Unsigned 8-bit code of a tensor, one for all its values: value = (code - ZeroPoint) x Scale (Jacob et al., 2018, equation 1).</summary>
/// <remarks>It reaches from the smallest to the largest value seen. Clipping to the range of least squared error was tried and is worse: the rare large activations are
/// what embeddings hang on (mean cosine to the float32 vectors 0.995 instead of 0.998).</remarks>
internal readonly record struct ActivationCode(float Scale, byte ZeroPoint)
{
    public static ActivationCode Of(TensorStatistics tensor)
    {
        // A tensor that was zero throughout still needs a scale.
        var scale = Math.Max((tensor.High - tensor.Low) / byte.MaxValue, 1e-8f);
        return new(scale, (byte)Math.Clamp(MathF.Round(-tensor.Low / scale), byte.MinValue, byte.MaxValue));
    }
}
