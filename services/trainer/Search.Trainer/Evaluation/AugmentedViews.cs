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

    public static IReadOnlyList<PreparedPhoto> Of(IEnumerable<PreparedPhoto> photos, ImagePreprocessing preprocessing)
    {
        var augmentation = new ViewAugmentation(new AugmentationOptions());
        return [.. photos.Select((photo, i) =>
        {
            var view = new byte[photo.Input.Length];
            augmentation.Write(photo.Input, preprocessing.Width, view, preprocessing.Width, new Random(Seed + i));
            return photo with { Input = view };
        })];
    }
}
