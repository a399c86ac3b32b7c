namespace Search.MetricLearning.Augmentation;

/// <summary>Random brightness, contrast, saturation and tint of a whole picture: one affine map of colours.</summary>
internal static class ColourJitter
{
    public static void Apply(Span<byte> view, AugmentationOptions options, Random random)
    {
        float Factor(double range) => (float)(1 + (2 * random.NextDouble() - 1) * range);

        float brightness = Factor(options.Light), contrast = Factor(options.Light), saturation = Factor(options.Saturation);
        Span<float> gain = [Factor(options.Tint), Factor(options.Tint), Factor(options.Tint)];
        for (var i = 0; i < view.Length; i += 3)
        {
            var grey = 0.299f * view[i] + 0.587f * view[i + 1] + 0.114f * view[i + 2];
            for (var c = 0; c < 3; c++)
            {
                var value = grey + (view[i + c] - grey) * saturation;
                // Contrast around the middle, not the mean: a white studio stays nearly white.
                value = ((value - 128) * contrast + 128) * brightness * gain[c];
                view[i + c] = (byte)Math.Clamp(value, 0, 255);
            }
        }
    }
}
