using Search.Imaging;
using Search.MetricLearning.Models;
using Search.Trainer.Evaluation;
using Search.Trainer.Photos;

namespace Search.Trainer.Publishing;

/// <summary>Compares an exported file with the network it came from before anyone may use it.</summary>
internal static class ExportVerification
{
    /// <summary>Largest allowed difference of a component of the unit vectors.</summary>
    public const double Tolerance = 1e-4;

    /// <summary>The largest difference seen.</summary>
    /// <exception cref="TrainerException">It is above <see cref="Tolerance"/>.</exception>
    public static double Verify(
        OnnxEmbedder exported, MobileNetV2 network, IReadOnlyList<PreparedPhoto> photos, ImagePreprocessing preprocessing)
    {
        var sample = photos.Where((_, i) => i % Math.Max(1, photos.Count / 64) == 0).ToArray();
        var expected = PhotoVectors.Embed(sample, preprocessing, TorchEmbedding.Of(preprocessing.Height, preprocessing.Width, network.call));
        var actual = PhotoVectors.Embed(sample, preprocessing, exported.Embed);
        var largest = expected.Zip(actual).Max(pair => pair.First.Zip(pair.Second).Max(c => Math.Abs((double)c.First - c.Second)));
        // Written so that NaN fails too.
        if (!(largest < Tolerance))
            throw new TrainerException($"The exported model differs from the trained one by {largest:E2}; at most {Tolerance:E0} is allowed. Nothing was published.");
        return largest;
    }
}
