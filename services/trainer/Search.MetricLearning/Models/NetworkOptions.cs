namespace Search.MetricLearning.Models;

/// <summary>Which MobileNetV2, and how its last feature maps become an embedding.</summary>
public sealed record NetworkOptions
{
    /// <summary>Length of the embedding.</summary>
    public int Dimension { get; init; } = 128;

    /// <summary>Width multiplier of every layer (Sandler et al., 2018, section 5), channels rounded to multiples of 8. ImageNet weights at hand are those of 1.</summary>
    public double Width { get; init; } = 1;

    /// <summary>
    /// Blocks, 0 to 17, whose averaged outputs join the last block's: lower ones see finer patterns, at 14 x 14 places instead of 7 x 7 from block 13 down. Each part is
    /// then made unit length. Empty, the default, takes the last block's alone.
    /// </summary>
    public IReadOnlyList<int> Scales { get; init; } = [];

    /// <summary>
    /// Whether the last block's places are weighted by what they show, instead of counting alike: a piece among clutter fills a third of them. The weights come from one
    /// 1x1 convolution through softplus and start out equal.
    /// </summary>
    public bool Attention { get; init; }

    internal void AddErrors(string section, List<string> errors)
    {
        void Require(bool holds, string what)
        {
            if (!holds)
                errors.Add($"{section}.{what}");
        }

        Require(Dimension is >= 1 and <= 4096, $"dimension is {Dimension}, not 1 to 4096");
        Require(Width is >= 0.1 and <= 4, $"width is {Width}, not 0.1 to 4");
        Require(Scales is not null, "scales is null, not a list");
        foreach (var block in Scales ?? [])
            Require(block is >= 0 and < MobileNetV2.BlockCount - 1, $"scales has {block}, not 0 to {MobileNetV2.BlockCount - 2}");
        Require(Scales is null || Scales.Distinct().Count() == Scales.Count, "scales names a block twice");
    }
}
