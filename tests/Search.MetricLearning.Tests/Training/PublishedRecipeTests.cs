using Search.Imaging;
using Search.MetricLearning.Data;
using Search.MetricLearning.Models;
using Search.MetricLearning.Training;
using TorchSharp;

namespace Search.MetricLearning.Tests.Training;

/// <summary>The recipe of the first published model is the default, and no new choice may change what it computes.</summary>
public sealed class PublishedRecipeTests
{
    [Fact]
    public void Train_Defaults_GivesTheLossesOfTheFirstRelease()
    {
        var losses = new Losses();
        torch.manual_seed(1);
        using var network = new MobileNetV2(16);
        var options = new TrainingOptions
        {
            Network = new() { Dimension = 16 },
            KeptViews = 2,
            Top = new() { Steps = 4, Side = 32, PiecesPerCategory = 3, LearningRate = 5e-4, HeadLearningRate = 5e-3 },
            Whole = new() { Steps = 4, Side = 32, PiecesPerCategory = 3, LearningRate = 2e-4, HeadLearningRate = 2e-3 },
        };
        new EmbeddingTrainer(options, new ImagePreprocessing(), TimeProvider.System).Train(network, Squares(), losses, TestContext.Current.CancellationToken);

        // Recorded before other losses could be chosen. Rounding differs from processor to processor and grows with every step.
        double[] recorded = [5.690750, 2.375825, 2.273023, 2.278757, 2.356943, 2.333862, 2.190840, 2.336956];
        Assert.Equal(recorded.Length, losses.Count);
        Assert.All(recorded.Zip(losses), p => Assert.Equal(p.First, p.Second, 2e-3));
    }

    /// <summary>Two categories of four pieces, told apart by the size and the colour of a square.</summary>
    private static TrainingSet Squares()
    {
        const int side = 40;
        return new TrainingSet(side, [.. Enumerable.Range(0, 8).Select(Draw)], [0, 0, 0, 0, 1, 1, 1, 1], [0, 1, 2, 3, 4, 5, 6, 7]);

        static byte[] Draw(int piece)
        {
            var image = new byte[3 * side * side];
            for (var i = 0; i < side * side; i++)
            {
                var inside = Math.Max(Math.Abs(i % side - 20), Math.Abs(i / side - 20)) < (piece < 4 ? 8 : 15);
                for (var c = 0; c < 3; c++)
                    image[3 * i + c] = inside ? (byte)(40 + 150 * ((piece >> c) & 1)) : (byte)255;
            }
            return image;
        }
    }

    private sealed class Losses : List<double>, IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Loss is { } loss)
                Add(loss);
        }
    }
}
