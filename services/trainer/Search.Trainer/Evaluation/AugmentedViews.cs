using Search.Imaging;
using Search.MetricLearning.Augmentation;
using Search.Trainer.Photos;

namespace Search.Trainer.Evaluation;

/// <summary>
/// One other view of each photo, always the same: other framing, light and background. Finding the piece again from it
/// is what category precision cannot see; a model that puts every ring on one point would be perfect there and fail here.
/// </summary>
internal static class AugmentedViews
{
    private const int Seed = 7919;

    // Every value is stated: a change of training's defaults must not change what models are judged by.
    private static readonly AugmentationOptions s_question = new()
    {
        SmallestPart = 0.65, LargestPart = 1.15, Aspect = 1.15, Rotation = 25, Mirror = 0.5,
        Light = 0.25, Saturation = 0.3, Tint = 0.06, Blur = 0.15, Background = 0.4,
    };

    public static IReadOnlyList<PreparedPhoto> Of(IEnumerable<PreparedPhoto> photos, ImagePreprocessing preprocessing)
    {
        var augmentation = new ViewAugmentation(s_question);
        return [.. photos.Select((photo, i) =>
        {
            var view = new byte[photo.Input.Length];
            augmentation.Write(photo.Input, preprocessing.Width, view, preprocessing.Width, new Random(Seed + i));
            return photo with { Input = view };
        })];
    }
}
