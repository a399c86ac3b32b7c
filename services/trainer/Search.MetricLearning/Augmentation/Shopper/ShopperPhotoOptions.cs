using System.Text.Json.Serialization;
using Search.MetricLearning.Augmentation.Clutter;

namespace Search.MetricLearning.Augmentation;

/// <summary>How a shopper's photo of a piece differs from the shop's. The defaults are what models are judged by; training states its own.</summary>
public sealed record ShopperPhotoOptions
{
    /// <summary>What replaces the studio's background. Not part of a recipe: training has its own.</summary>
    [JsonIgnore]
    public ClutterFamily Clutter { get; init; } = ClutterFamily.Evaluation;

    /// <summary>How far each corner of the frame around the piece moves along each axis, as a share of the frame; 0 to 0.25.</summary>
    public double CornerShift { get; init; } = 0.12;

    /// <summary>Largest rotation to either side, degrees.</summary>
    public double Rotation { get; init; } = 25;

    /// <summary>Smallest longer side of the piece's box before perspective and rotation, as a share of the frame.</summary>
    public double SmallestPiece { get; init; } = 0.6;

    /// <summary>Largest.</summary>
    public double LargestPiece { get; init; } = 0.85;

    /// <summary>Share of views in which the piece hangs out of the frame, 0 to 1.</summary>
    public double Cropped { get; init; } = 0.5;

    /// <summary>The most of the piece's box that may hang out along one axis, as a share of the box; 0 to 0.5.</summary>
    public double LargestCrop { get; init; } = 0.25;

    /// <summary>Lowest brightness, as a factor.</summary>
    public double Darkest { get; init; } = 0.6;

    /// <summary>Highest.</summary>
    public double Brightest { get; init; } = 1.2;

    /// <summary>Largest relative change of the red and blue channels against green: light of a lamp, of the sky, of a wall.</summary>
    public double ColourCast { get; init; } = 0.2;

    /// <summary>Largest standard deviation of the blur, pixels of a view of 224; grows with the view.</summary>
    public double Blur { get; init; } = 2;

    /// <summary>Largest standard deviation of the sensor's noise, 8-bit levels.</summary>
    public double Noise { get; init; } = 9;

    /// <summary>Lowest JPEG quality, 1 to 100.</summary>
    public int LowestQuality { get; init; } = 35;

    /// <summary>Highest.</summary>
    public int HighestQuality { get; init; } = 80;

    /// <exception cref="ArgumentException">Names every option that is out of range.</exception>
    public void Validate()
    {
        var errors = new List<string>();
        AddErrors(errors);
        if (errors.Count > 0)
            throw new ArgumentException(string.Join("; ", errors));
    }

    internal void AddErrors(List<string> errors)
    {
        void Require(bool holds, string what)
        {
            if (!holds)
                errors.Add($"shopper.{what}");
        }

        Require(CornerShift is >= 0 and <= 0.25, $"cornerShift is {CornerShift}, not 0 to 0.25");
        Require(double.IsFinite(Rotation), $"rotation is {Rotation}, not a number of degrees");
        Require(SmallestPiece > 0 && SmallestPiece <= LargestPiece && LargestPiece <= 2, $"smallestPiece and largestPiece are {SmallestPiece} and {LargestPiece}, not a range in (0, 2]");
        Require(Cropped is >= 0 and <= 1, $"cropped is {Cropped}, not 0 to 1");
        Require(LargestCrop is >= 0 and <= 0.5, $"largestCrop is {LargestCrop}, not 0 to 0.5");
        Require(Darkest > 0 && Darkest <= Brightest && Brightest <= 4, $"darkest and brightest are {Darkest} and {Brightest}, not a range in (0, 4]");
        Require(ColourCast is >= 0 and < 1, $"colourCast is {ColourCast}, not 0 to 1");
        Require(Blur is >= 0 and <= 10, $"blur is {Blur}, not 0 to 10");
        Require(Noise is >= 0 and <= 64, $"noise is {Noise}, not 0 to 64");
        Require(LowestQuality >= 1 && LowestQuality <= HighestQuality && HighestQuality <= 100, $"lowestQuality and highestQuality are {LowestQuality} and {HighestQuality}, not a range in 1 to 100");
    }
}
