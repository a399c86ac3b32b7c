using Search.Evaluation;
using Search.Imaging;
using Search.MetricLearning.Augmentation;
using Search.MetricLearning.Data;
using Search.MetricLearning.Models;
using static TorchSharp.torch;

namespace Search.MetricLearning.Training.Validation;

/// <summary>
/// The photos set aside, each with one shopper view that is the same in every measurement. The views lie on training's clutter: weights that were chosen by the surfaces of
/// the final judgment would look better there than they are.
/// </summary>
internal sealed class ValidationPhotos
{
    private const int Batch = 32;

    private readonly TrainingSet _set;
    private readonly ViewLoader _plain, _shopper;

    /// <exception cref="ArgumentException">No category has two pieces, so there is nothing to be found.</exception>
    public ValidationPhotos(TrainingSet set, TrainingOptions options, ImagePreprocessing preprocessing)
    {
        if (!Enumerable.Range(0, set.Count).GroupBy(i => set.Categories[i]).Any(category => category.Select(i => set.Pieces[i]).Distinct().Skip(1).Any()))
            throw new ArgumentException("The photos set aside for validation do not have two pieces of one category.", nameof(set));
        _set = set;
        _plain = new ViewLoader(set, new ViewAugmentation(AugmentationOptions.None), preprocessing, options.Seed);
        _shopper = new ViewLoader(set, new ViewAugmentation(options.Augmentation with { Shopper = 1 }), preprocessing, StepSeed.Mix(options.Seed, 0, int.MaxValue));
    }

    /// <param name="side">Of the views, pixels.</param>
    /// <exception cref="ArgumentException">An embedding is not finite: the network has diverged.</exception>
    public ValidationScore Measure(MobileNetV2 network, int side)
    {
        var photos = Embed(network, _plain, side);
        var views = Embed(network, _shopper, side);
        var categories = new LabelledVectors(network.Dimension, photos, _set.Categories, _set.Pieces);
        var pieces = new LabelledVectors(network.Dimension, photos, _set.Pieces, _set.Pieces);
        // No group equals the views', so that no photo is taken out of their gallery.
        var asking = new LabelledVectors(network.Dimension, views, _set.Pieces, [.. Enumerable.Repeat(int.MinValue, _set.Count)]);
        return new ValidationScore(
            First(new RetrievalTask(categories, categories) { Measures = [Measures.PrecisionAt(1)] }),
            First(new RetrievalTask(asking, pieces) { Measures = [Measures.SuccessAt(1)] }));
    }

    private static double First(RetrievalTask task) => RetrievalEvaluator.Evaluate(task).Figures[0].Interval.Mean;

    private float[] Embed(MobileNetV2 network, ViewLoader loader, int side)
    {
        using var gradientsOff = no_grad();
        var rows = new List<float>(_set.Count * network.Dimension);
        foreach (var photos in Enumerable.Range(0, _set.Count).Chunk(Batch))
        {
            using var scope = NewDisposeScope();
            rows.AddRange(network.call(loader.Augmented(photos, side, round: photos[0])).contiguous().data<float>().ToArray());
        }
        return [.. rows];
    }
}
