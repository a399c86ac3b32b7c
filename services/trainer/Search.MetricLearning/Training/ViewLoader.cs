using Search.Imaging;
using Search.MetricLearning.Augmentation;
using Search.MetricLearning.Data;
using Search.MetricLearning.Models;
using static TorchSharp.torch;

namespace Search.MetricLearning.Training;

/// <summary>Turns photos of a set into network input, augmented or as they are. The same seed gives the same pixels on any number of threads.</summary>
internal sealed class ViewLoader(TrainingSet set, ViewAugmentation augmentation, ImagePreprocessing preprocessing, int seed)
{
    /// <summary>[N, 3, side, side], channels last. <paramref name="round"/> distinguishes views of the same photo.</summary>
    public Tensor Augmented(IReadOnlyList<int> photos, int side, int round)
    {
        var definition = preprocessing with { Width = side, Height = side };
        var values = new float[photos.Count * definition.ValueCount];
        Parallel.For(0, photos.Count, i =>
        {
            var view = new byte[definition.RgbByteCount];
            var random = new Random(StepSeed.Mix(seed, round, i));
            augmentation.Write(set.Pixels[photos[i]], set.Side, view, side, random);
            ImagePreprocessor.Normalise(view, definition, values.AsSpan(i * definition.ValueCount, definition.ValueCount));
        });
        using var input = tensor(values, photos.Count, 3, side, side);
        return input.ToChannelsLast();
    }
}
