using Search.Imaging;
using Search.MetricLearning.Augmentation;
using Search.MetricLearning.Augmentation.Clutter;
using Search.Trainer.Photos;

namespace Search.Trainer.Evaluation;

/// <summary>
/// One shopper view of each photo, always the same: it depends on the photo's content alone, and every model, whatever its input size, is shown
/// the same picture. What a model does with it is what category precision cannot see: one that put every ring on one point would be perfect there.
/// </summary>
internal static class ShopperViews
{
    private const int Seed = 7919;
    private const int SourceSide = 320, ViewSide = 256;

    // Every value is stated: a change of the defaults must not change what models are judged by.
    private static readonly ShopperPhoto s_shopper = new(new ShopperPhotoOptions
    {
        Clutter = ClutterFamily.Evaluation, CornerShift = 0.12, Rotation = 25, SmallestPiece = 0.6, LargestPiece = 0.85, Cropped = 0.5, LargestCrop = 0.25,
        Darkest = 0.6, Brightest = 1.2, ColourCast = 0.2, Blur = 2, Noise = 9, LowestQuality = 35, HighestQuality = 80,
    });

    /// <summary>The views, and how many of them show a piece that was cut out of its studio; the others show the whole photo, distorted.</summary>
    public static (IReadOnlyList<EvaluationPicture> Views, int CutOut) Of(IReadOnlyList<PreparedPhoto> photos, ImagePreprocessing preprocessing)
    {
        var views = new EvaluationPicture[photos.Count];
        var cutOut = 0;
        Parallel.For(0, photos.Count, i =>
        {
            views[i] = Of(photos[i], preprocessing, out var isCutOut);
            if (isCutOut)
                Interlocked.Increment(ref cutOut);
        });
        return (views, cutOut);
    }

    private static EvaluationPicture Of(PreparedPhoto photo, ImagePreprocessing preprocessing, out bool isCutOut)
    {
        var square = new ImagePreprocessing { Width = SourceSide, Height = SourceSide };
        byte[] source = new byte[square.RgbByteCount], view = new byte[3 * ViewSide * ViewSide], input = new byte[preprocessing.RgbByteCount];
        using (var image = ImageDecoder.Decode(File.ReadAllBytes(photo.Photo.Path), square))
            ImagePreprocessor.Resize(image, square, source);
        isCutOut = s_shopper.Write(source, SourceSide, view, ViewSide, new Random(ShopperPhoto.SeedOf(photo.Photo.ContentHash, Seed)));
        using var picture = RgbPicture.Decoded(view, ViewSide, ViewSide);
        ImagePreprocessor.Resize(picture, preprocessing, input);
        return new EvaluationPicture(Path.GetFileName(photo.Photo.Path), photo.Photo.Category, input);
    }
}
