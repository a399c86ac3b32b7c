using Search.MetricLearning.Data;
using Search.MetricLearning.Training;
using Search.MetricLearning.Training.Validation;
using Search.MetricLearning.Weights;

namespace Search.MetricLearning.Tests.Training.Validation;

public sealed class EarlyStoppingTests
{
    [Fact]
    public void Train_NothingGetsBetter_EndsEachStageAfterThePatience()
    {
        var still = new StageOptions { Steps = 40, Side = 32, PiecesPerCategory = 1, LearningRate = 1e-12, HeadLearningRate = 1e-12 };
        var run = new TinyRun(TinyRun.Recipe with { Top = still, Whole = still, WeightDecay = 0, AverageDecay = 0, Validation = new() { Every = 2, Patience = 2 } });
        run.Train(TestContext.Current.CancellationToken);
        // The first measurement is the best, two more are no better.
        Assert.Equal([2, 4, 6, 2, 4, 6], run.Measurements.Select(m => m.Step));
        Assert.Equal(12, run.Losses.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.9)]
    public void Train_Validated_LeavesTheWeightsThatWereMeasuredBest(double averageDecay)
    {
        List<float[]> measured = [];
        var run = new TinyRun(TinyRun.Recipe with
        {
            AverageDecay = averageDecay,
            Top = TinyRun.Recipe.Top with { Steps = 0 },
            // So fast that it destroys more than it learns.
            Whole = TinyRun.Recipe.Whole with { LearningRate = 0.03, HeadLearningRate = 0.03 },
            Validation = new() { Every = 1, Patience = 6 },
        })
        {
            AfterMeasurement = network => measured.Add(ModuleWeights.Values(network.Head.weight!)),
        };
        var left = run.Train(TestContext.Current.CancellationToken);
        double[] scores = [.. run.Measurements.Select(m => m.Validation!.Mean)];
        Assert.Equal(measured[Array.IndexOf(scores, scores.Max())], left);
    }

    [Fact]
    public void Train_ValidationWithoutPhotosOfItsOwn_IsRefused()
    {
        using var network = TinyRun.Network();
        var trainer = new EmbeddingTrainer(TinyRun.Recipe with { Validation = new() }, new(), TimeProvider.System);
        Assert.Throws<ArgumentException>(() => trainer.Train(network, TinyRun.Pictures(), null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Measure_CategoriesThatNoNetworkConfuses_FindsThemAll()
    {
        using var network = TinyRun.Network();
        // Black pictures and white ones; within a category all are alike.
        byte[][] pixels = [.. Enumerable.Range(0, 8).Select(i => Enumerable.Repeat((byte)(i < 4 ? 0 : 255), 3 * 40 * 40).ToArray())];
        var score = Photos(new TrainingSet(40, pixels, [0, 0, 0, 0, 1, 1, 1, 1], [0, 1, 2, 3, 4, 5, 6, 7])).Measure(network, side: 32);
        Assert.Equal(1, score.CategoryPrecision);
        Assert.InRange(score.ShopperRecall, 0, 0.25);
    }

    [Fact]
    public void Measure_Twice_GivesTheSame()
    {
        using var network = TinyRun.Network();
        var photos = Photos(TinyRun.Pictures());
        Assert.Equal(photos.Measure(network, 32), photos.Measure(network, 32));
    }

    [Fact]
    public void Constructor_OnePieceACategory_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Photos(new TrainingSet(1, [new byte[3], new byte[3], new byte[3]], [0, 0, 1], [5, 5, 6])));

    [Fact]
    public void Validate_OutOfRange_IsNamed()
    {
        var options = TinyRun.Recipe with { Validation = new() { Share = 1, Every = 0, Patience = 0 } };
        var message = Assert.Throws<ArgumentException>(options.Validate).Message;
        Assert.All((string[])["validation.share is 1", "validation.every is 0", "validation.patience is 0"], part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    private static ValidationPhotos Photos(TrainingSet set) => new(set, TinyRun.Recipe, new());
}
