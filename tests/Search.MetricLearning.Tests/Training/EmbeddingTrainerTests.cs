using System.Text.Json;
using Search.Imaging;
using Search.MetricLearning.Data;
using Search.MetricLearning.HardNegatives;
using Search.MetricLearning.Models;
using Search.MetricLearning.Training;
using TorchSharp;

namespace Search.MetricLearning.Tests.Training;

public sealed class EmbeddingTrainerTests
{
    private static readonly TrainingOptions s_options = new()
    {
        Network = new() { Dimension = 16 },
        KeptViews = 2,
        AverageDecay = 0,
        Top = new() { Steps = 15, Side = 32, PiecesPerCategory = 3, LearningRate = 5e-4, HeadLearningRate = 5e-3 },
        Whole = new() { Steps = 12, Side = 32, PiecesPerCategory = 3, LearningRate = 2e-4, HeadLearningRate = 2e-3 },
    };

    [Fact]
    public void Train_DiscsAndStripes_LowersTheLossInBothStages()
    {
        var reports = new Recorder();
        using var network = Network();
        new EmbeddingTrainer(s_options, new ImagePreprocessing(), TimeProvider.System).Train(network, Synthetic(), reports, TestContext.Current.CancellationToken);
        foreach (var stage in (string[])["top blocks", "all blocks"])
        {
            double[] losses = [.. reports.Where(r => r.Stage == stage).Select(r => r.Loss!.Value)];
            Assert.All(losses, loss => Assert.True(double.IsFinite(loss)));
            Assert.All(reports.Where(r => r.Stage == stage), r => Assert.Equal(r.Loss!.Value, r.Terms.Sum(t => t.Value), 1e-4));
            Assert.True(losses[^3..].Average() < 0.95 * losses[..3].Average(), $"{stage}: {string.Join(' ', losses.Select(l => $"{l:F2}"))}");
        }
    }

    [Fact]
    public void Train_FromATrainedHead_KeepsItsBias()
    {
        using var network = Network();
        using (torch.no_grad())
            network.Head.bias!.fill_(0.25f);
        var still = s_options with { Top = s_options.Top with { Steps = 1, LearningRate = 1e-12, HeadLearningRate = 1e-12 }, Whole = s_options.Whole with { Steps = 0 } };
        new EmbeddingTrainer(still, new ImagePreprocessing(), TimeProvider.System).Train(network, Synthetic(), null, TestContext.Current.CancellationToken);
        Assert.All(MetricLearning.Weights.ModuleWeights.Values(network.Head.bias!), bias => Assert.Equal(0.25f, bias, 1e-4f));
    }

    [Fact]
    public void Train_SecondStage_ChangesEveryWeight()
    {
        using var network = Network();
        var before = network.parameters().Select(p => p.clone()).ToArray();
        new EmbeddingTrainer(s_options with { Top = s_options.Top with { Steps = 0 }, Whole = s_options.Whole with { Steps = 2 } },
            new ImagePreprocessing(), TimeProvider.System).Train(network, Synthetic(), null, TestContext.Current.CancellationToken);
        Assert.All(before.Zip(network.parameters()), p => Assert.False(p.First.allclose(p.Second, rtol: 0, atol: 0)));
    }

    [Fact]
    public void Train_SameSeedOneThread_GivesTheSameWeights()
    {
        var threads = torch.get_num_threads();
        torch.set_num_threads(1);
        try
        {
            Assert.Equal(Weights(), Weights());
        }
        finally
        {
            torch.set_num_threads(threads);
        }

        static float[] Weights()
        {
            using var network = Network();
            var brief = s_options with { Top = s_options.Top with { Steps = 2 }, Whole = s_options.Whole with { Steps = 2 } };
            new EmbeddingTrainer(brief, new ImagePreprocessing(), TimeProvider.System).Train(network, Synthetic(), null, TestContext.Current.CancellationToken);
            return MetricLearning.Weights.ModuleWeights.Values(network.Head.weight!);
        }
    }

    [Theory]
    [InlineData("""{ "name": "triplet", "labels": "category", "miner": { "name": "hard" }, "memory": { "size": 32, "warmUp": 2 } }""")]
    [InlineData("""{ "name": "n-pair", "miner": { "name": "distance-weighted" } }""")]
    [InlineData("""{ "name": "magnet", "labels": "category" }""")]
    [InlineData("""{ "name": "arcface", "labels": "category" }""")]
    public void Train_OtherLosses_StaysFiniteAndLearns(string term)
    {
        var reports = new Recorder();
        using var network = Network();
        var before = MetricLearning.Weights.ModuleWeights.Values(network.Head.weight!);
        var brief = s_options with { Losses = [Term(term)], Top = s_options.Top with { Steps = 5 }, Whole = s_options.Whole with { Steps = 1 } };
        new EmbeddingTrainer(brief, new ImagePreprocessing(), TimeProvider.System).Train(network, Synthetic(), reports, TestContext.Current.CancellationToken);
        Assert.All(reports.Where(r => r.Loss is not null), r => Assert.True(double.IsFinite(r.Loss!.Value)));
        Assert.NotEqual(before, MetricLearning.Weights.ModuleWeights.Values(network.Head.weight!));
    }

    [Fact]
    public void Train_LossWithProxies_MovesThemToo()
    {
        var reports = new Recorder();
        using var network = Network();
        // The network all but stands still, so only its proxies can lower the loss.
        var brief = s_options with
        {
            Losses = [Term("""{ "name": "proxy-anchor", "labels": "category" }""")],
            LossLearningRate = 0.1,
            Top = s_options.Top with { LearningRate = 1e-12, HeadLearningRate = 1e-12 },
            Whole = s_options.Whole with { Steps = 0 },
        };
        new EmbeddingTrainer(brief, new ImagePreprocessing(), TimeProvider.System).Train(network, Synthetic(), reports, TestContext.Current.CancellationToken);
        double[] losses = [.. reports.Where(r => r.Loss is not null).Select(r => r.Loss!.Value)];
        Assert.True(losses[^1] < 0.8 * losses[0], string.Join(' ', losses));
    }

    [Fact]
    public void Train_HardNegatives_MinesInRoundsAndRepeatsItselfBySeed()
    {
        Assert.Equal(Run(out var rounds), Run(out _));
        // Steps 0 and 3 of each stage.
        Assert.Equal(4, rounds.Count);
        Assert.All(rounds, round => Assert.Equal(8, round.ByPhoto.Count));
        Assert.Contains(rounds, round => round.Verdicts[NeighbourVerdict.HardNegative] > 0);

        static float[] Run(out List<HardNegativeSet> rounds)
        {
            using var network = Network();
            List<HardNegativeSet> found = [];
            PhotoEvidence[] evidence = [.. Enumerable.Range(0, 8).Select(i => new PhotoEvidence(new LabelledPhoto($"a/{i}.jpg", "a", $"{i}"), 0x123456789abcdefUL * (ulong)i, ReadOnlyMemory<float>.Empty))];
            var brief = s_options with
            {
                Top = s_options.Top with { Steps = 4 },
                Whole = s_options.Whole with { Steps = 4 },
                HardNegatives = new() { Every = 3, Neighbours = 8, FalseNegativeMargin = 2 },
            };
            new EmbeddingTrainer(brief, new ImagePreprocessing(), TimeProvider.System, new HardNegativeMining(evidence, new ExhaustiveIndexer(), found.Add))
                .Train(network, Synthetic(), null, TestContext.Current.CancellationToken);
            rounds = found;
            return MetricLearning.Weights.ModuleWeights.Values(network.Head.weight!);
        }
    }

    [Fact]
    public void Train_HardNegativesWithNothingToFindThemWith_IsRefused()
    {
        using var network = Network();
        var trainer = new EmbeddingTrainer(s_options with { HardNegatives = new() }, new ImagePreprocessing(), TimeProvider.System);
        Assert.Throws<ArgumentException>(() => trainer.Train(network, Synthetic(), null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Train_Cancelled_Stops()
    {
        using var network = Network();
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() =>
            new EmbeddingTrainer(s_options, new ImagePreprocessing(), TimeProvider.System).Train(network, Synthetic(), null, source.Token));
    }

    private static LossTermOptions Term(string json) => JsonSerializer.Deserialize<LossTermOptions>(json, JsonSerializerOptions.Web)!;

    private static MobileNetV2 Network()
    {
        torch.manual_seed(1);
        return new MobileNetV2(16);
    }

    /// <summary>Category 0 shows a disc, category 1 stripes; pieces differ in colour.</summary>
    private static TrainingSet Synthetic()
    {
        const int side = 40, pieces = 4;
        var pixels = Enumerable.Range(0, 2 * pieces).Select(i => Draw(i / pieces, i % pieces)).ToArray();
        return new TrainingSet(side, pixels, [.. Enumerable.Range(0, 2 * pieces).Select(i => i / pieces)], [.. Enumerable.Range(0, 2 * pieces)]);

        static byte[] Draw(int category, int piece)
        {
            var image = new byte[3 * side * side];
            for (var i = 0; i < side * side; i++)
            {
                int x = i % side, y = i / side;
                var inside = category == 0 ? (x - 20) * (x - 20) + (y - 20) * (y - 20) < 150 : y % 10 < 4;
                for (var c = 0; c < 3; c++)
                    image[3 * i + c] = inside ? (byte)(40 + 150 * ((piece >> c) & 1)) : (byte)255;
            }
            return image;
        }
    }

    private sealed class Recorder : List<TrainingProgress>, IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => Add(value);
    }
}
