using Search.Imaging;
using Search.MetricLearning.Augmentation;
using Search.MetricLearning.Data;
using Search.MetricLearning.Models;
using static TorchSharp.torch;

namespace Search.MetricLearning.Training;

/// <summary>
/// Turns photos of a set into network input, augmented or as they are. The same seed gives the same pixels on any number of threads.
/// Pieces are cut out once and kept.
/// </summary>
/// <param name="set">The photos.</param>
/// <param name="first">Makes the view of every other photo, beginning with the first: of a batch of pairs, one of each.</param>
/// <param name="second">Makes the others.</param>
/// <param name="preprocessing">The model's.</param>
/// <param name="seed">Of all views.</param>
/// <param name="mirroredPairs">Share of pairs both of whose views are mirrored left to right, 0 to 1.</param>
internal sealed class ViewLoader(TrainingSet set, ViewAugmentation first, ViewAugmentation second, ImagePreprocessing preprocessing, int seed, double mirroredPairs = 0)
{
    private readonly PieceCutout?[] _cutouts = new PieceCutout?[set.Count];

    /// <summary>All views are of one kind.</summary>
    public ViewLoader(TrainingSet set, ViewAugmentation augmentation, ImagePreprocessing preprocessing, int seed)
        : this(set, augmentation, augmentation, preprocessing, seed)
    {
    }

    /// <summary>[N, 3, side, side], channels last. <paramref name="round"/> distinguishes views of the same photo.</summary>
    public Tensor Augmented(IReadOnlyList<int> photos, int side, int round)
    {
        var definition = preprocessing with { Width = side, Height = side };
        var values = new float[photos.Count * definition.ValueCount];
        Parallel.For(0, photos.Count, i =>
        {
            var view = new byte[definition.RgbByteCount];
            var augmentation = i % 2 == 0 ? first : second;
            var viewSeed = StepSeed.Mix(seed, round, i);
            // Other views draw few numbers, and those of the first release's recipe stay what they were.
            var random = augmentation.CutsOut ? new ViewRandom(viewSeed) : new Random(viewSeed);
            augmentation.Write(set.Pixels[photos[i]], set.Side, view, side, random, augmentation.CutsOut ? Cutout(photos[i]) : null);
            if (IsMirrored(round, i / 2))
                PixelRows.Mirror(view, side);
            ImagePreprocessor.Normalise(view, definition, values.AsSpan(i * definition.ValueCount, definition.ValueCount));
        });
        using var input = tensor(values, photos.Count, 3, side, side);
        return input.ToChannelsLast();
    }

    /// <summary>Chance of its own: whether a pair is mirrored changes nothing else of its views.</summary>
    private bool IsMirrored(int round, int pair) => mirroredPairs > 0 && new ViewRandom(StepSeed.Mix(~seed, round, pair)).NextDouble() < mirroredPairs;

    /// <summary>Two threads may cut one piece out at the same time; the results are equal.</summary>
    private PieceCutout Cutout(int photo) => _cutouts[photo] ??= PieceCutout.Of(set.Pixels[photo], set.Side);
}
