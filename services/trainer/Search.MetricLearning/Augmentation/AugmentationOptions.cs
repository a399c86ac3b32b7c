namespace Search.MetricLearning.Augmentation;

/// <summary>How far a random view may be from its photo. Ranges are what a shopper's phone does to a piece: other framing, light and background.</summary>
public sealed record AugmentationOptions
{
    /// <summary>The photo as it is.</summary>
    internal static AugmentationOptions None { get; } = new()
    {
        SmallestPart = 1, LargestPart = 1, Aspect = 1, Rotation = 0, Mirror = 0, Light = 0, Saturation = 0, Tint = 0, Blur = 0, Background = 0,
    };

    /// <summary>Smallest part of the picture's side that fills the view, above 0.</summary>
    public double SmallestPart { get; init; } = 0.65;

    /// <summary>Largest part; above 1 the piece is shown smaller, on white.</summary>
    public double LargestPart { get; init; } = 1.15;

    /// <summary>Largest change of the ratio of the sides, as a factor of at least 1.</summary>
    public double Aspect { get; init; } = 1.15;

    /// <summary>Largest rotation to either side, degrees.</summary>
    public double Rotation { get; init; } = 25;

    /// <summary>Share of views mirrored left to right, 0 to 1.</summary>
    public double Mirror { get; init; } = 0.5;

    /// <summary>Largest relative change of brightness and of contrast, 0 to 1.</summary>
    public double Light { get; init; } = 0.25;

    /// <summary>Largest relative change of saturation, 0 to 1.</summary>
    public double Saturation { get; init; } = 0.3;

    /// <summary>Largest relative change of a colour channel against the others. Small: yellow, rose and white gold must stay apart.</summary>
    public double Tint { get; init; } = 0.06;

    /// <summary>Share of views that are blurred, 0 to 1.</summary>
    public double Blur { get; init; } = 0.15;

    /// <summary>Share of views whose white studio background gets another colour, 0 to 1.</summary>
    public double Background { get; init; } = 0.4;

    /// <summary>
    /// Share of views, 0 to 1, that are made as <see cref="ShopperPhoto"/> says instead of as the options above say: on clutter, seen from aside, in other light.
    /// </summary>
    public double Shopper { get; init; }

    /// <summary>How far those are from the photo. Their clutter is always that of training.</summary>
    public ShopperPhotoOptions ShopperPhoto { get; init; } = new();

    internal void AddErrors(string name, List<string> errors)
    {
        void Require(bool holds, string what)
        {
            if (!holds)
                errors.Add($"{name}.{what}");
        }

        Require(SmallestPart > 0 && SmallestPart <= LargestPart && double.IsFinite(LargestPart), $"smallestPart and largestPart are {SmallestPart} and {LargestPart}, not a range above 0");
        Require(Aspect >= 1 && double.IsFinite(Aspect), $"aspect is {Aspect}, not at least 1");
        Require(double.IsFinite(Rotation), $"rotation is {Rotation}, not a number of degrees");
        foreach (var (option, share) in (ReadOnlySpan<(string, double)>)[
            ("mirror", Mirror), ("light", Light), ("saturation", Saturation), ("tint", Tint), ("blur", Blur), ("background", Background), ("shopper", Shopper)])
            Require(share is >= 0 and <= 1, $"{option} is {share}, not 0 to 1");
        ShopperPhoto.AddErrors(errors);
    }
}
