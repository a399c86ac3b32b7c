using Search.Imaging;
using Search.MetricLearning.Data;
using Search.MetricLearning.Training;

namespace Search.Trainer.Photos;

/// <summary>Decodes a photo folder once, with the same preprocessing that serving uses. Files that are not images are named and left out.</summary>
internal static class PhotoPreparation
{
    /// <param name="folder">Sub-folders are categories.</param>
    /// <param name="preprocessing">The model's.</param>
    /// <param name="largeSide">Side of the squares to cut views from; null for none.</param>
    /// <param name="time">Measures the rate.</param>
    /// <param name="progress">Told of every photo; null tells the console.</param>
    /// <exception cref="TrainerException">Nothing readable is there.</exception>
    public static IReadOnlyList<PreparedPhoto> Prepare(string folder, ImagePreprocessing preprocessing, int? largeSide, TimeProvider time, IProgress<TrainingProgress>? progress = null)
    {
        var readable = Prepare(PhotoFolder.Read(folder), preprocessing, largeSide, time, progress);
        return readable.Count > 0
            ? readable
            : throw new TrainerException($"'{folder}' has no readable photo; its sub-folders should be categories with image files in them.");
    }

    /// <inheritdoc cref="Prepare(string, ImagePreprocessing, int?, TimeProvider, IProgress{TrainingProgress}?)"/>
    public static IReadOnlyList<PreparedPhoto> Prepare(IReadOnlyList<LabelledPhoto> photos, ImagePreprocessing preprocessing, int? largeSide, TimeProvider time, IProgress<TrainingProgress>? progress = null)
    {
        var prepared = new PreparedPhoto?[photos.Count];
        var clock = new StageClock(time, progress ?? new ConsoleProgress(time), "decode", photos.Count);
        var done = 0;
        Parallel.For(0, photos.Count, i =>
        {
            prepared[i] = Read(photos[i], preprocessing, largeSide);
            lock (clock)
                clock.Report(++done, 1, loss: null);
        });
        return [.. prepared.OfType<PreparedPhoto>()];
    }

    private static PreparedPhoto? Read(LabelledPhoto photo, ImagePreprocessing preprocessing, int? largeSide)
    {
        var bytes = File.ReadAllBytes(photo.Path);
        try
        {
            // Decoded for the model's size, as serving does it, and not shrunk from the larger square: the same file must give the same numbers.
            using var image = ImageDecoder.Decode(bytes, preprocessing);
            var input = Resize(image, preprocessing);
            var hash = PerceptualHash.Compute(image);
            if (largeSide is not { } side)
                return new PreparedPhoto(photo, hash, input, []);
            var large = preprocessing with { Width = side, Height = side };
            using var larger = ImageDecoder.Decode(bytes, large);
            return new PreparedPhoto(photo, hash, input, Resize(larger, large));
        }
        catch (ImageRejectedException e)
        {
            Console.Error.WriteLine($"left out: {photo.Path}: {e.Message}");
            return null;
        }
    }

    private static byte[] Resize(DecodedImage image, ImagePreprocessing definition)
    {
        var rgb = new byte[definition.RgbByteCount];
        ImagePreprocessor.Resize(image, definition, rgb);
        return rgb;
    }
}
