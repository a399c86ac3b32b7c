using System.Text.Json;
using Search.Imaging;
using Search.MetricLearning.Data;
using Search.MetricLearning.HardNegatives;
using Search.MetricLearning.Models;
using Search.MetricLearning.Training;
using Search.MetricLearning.Training.Checkpoints;
using TorchSharp;

namespace Search.MetricLearning.Tests.Training.Checkpoints;

/// <summary>A run of 6 + 6 steps that stops after some of them and goes on in new objects, held against one that does not stop.</summary>
public sealed class ResumeTests : IDisposable
{
    private const int StepsInStage = 6;

    private static readonly TrainingOptions s_options = new()
    {
        Network = new() { Dimension = 16 },
        KeptViews = 2,
        Top = new() { Steps = StepsInStage, Side = 32, PiecesPerCategory = 3, LearningRate = 5e-4, HeadLearningRate = 5e-3 },
        Whole = new() { Steps = StepsInStage, Side = 32, PiecesPerCategory = 3, LearningRate = 2e-4, HeadLearningRate = 2e-3 },
    };

    private readonly CheckpointFolder _folder = new(Path.Combine(Path.GetTempPath(), $"resume-{Guid.NewGuid():N}"));

    public void Dispose() => _folder.Clear();

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(8)]
    [InlineData(9)]
    public void Train_StoppedAndResumed_GivesTheLossesOfAnUninterruptedRun(int stop)
    {
        // A memory, proxies, an average, a regulariser and hard negatives of two rounds a stage: all that a run remembers.
        var options = s_options with
        {
            Losses =
            [
                Term("""{ "name": "triplet", "labels": "category", "miner": { "name": "distance-weighted" }, "memory": { "size": 24, "warmUp": 1 } }"""),
                Term("""{ "name": "proxy-anchor", "labels": "category" }"""),
            ],
            Regularisers = [new() { Name = "koleo" }],
            HardNegatives = new() { Every = 4, Neighbours = 8, FalseNegativeMargin = 2 },
        };
        RequireSameLosses(options, stop);
    }

    [Fact]
    public void Train_PublishedRecipeStoppedAndResumed_GivesTheLossesOfAnUninterruptedRun() => RequireSameLosses(s_options, stop: 5);

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    public void Train_ListedStagesStoppedAndResumed_GivesTheLossesOfAnUninterruptedRun(int stop) => RequireSameLosses(
        s_options with
        {
            Stages =
            [
                new() { Steps = 6, Side = 32, PiecesPerCategory = 3, LearningRate = 5e-4, HeadLearningRate = 5e-3, FrozenBlocks = 14, KeptViews = 2 },
                new() { Steps = 6, Side = 32, PiecesPerCategory = 2, LearningRate = 2e-4, HeadLearningRate = 2e-3, FrozenBlocks = 7, LayerDecay = 0.9 },
            ],
        },
        stop);

    private void RequireSameLosses(TrainingOptions options, int stop)
    {
        var (whole, weights, rounds) = Run(options, null, stop: int.MaxValue);
        Assert.Equal(2 * StepsInStage, whole.Count);
        var (first, _, _) = Run(options, new Checkpointing(_folder) { EverySteps = 2 }, stop);
        Assert.Equal(stop, first.Count);
        var (second, resumedWeights, resumedRounds) = Run(options, new Checkpointing(_folder) { EverySteps = 2, Resume = true }, stop: int.MaxValue);

        // At most the step after the last checkpoint is done again.
        Assert.InRange(second.Count, whole.Count - stop, whole.Count - stop + 1);
        Assert.All(whole.Take(stop).Zip(first), p => Assert.Equal(p.First, p.Second, 1e-6));
        Assert.All(whole.TakeLast(second.Count).Zip(second), p => Assert.Equal(p.First, p.Second, 1e-6));
        Assert.All(weights.Zip(resumedWeights), p => Assert.Equal(p.First, p.Second, 1e-6f));
        Assert.Equal(rounds, resumedRounds);
    }

    [Fact]
    public void Train_CheckpointOfAnotherRun_IsRefusedWithEveryReason()
    {
        Run(s_options, new Checkpointing(_folder) { EverySteps = 2 }, stop: 3);
        var otherSet = Pictures(brightness: 210);
        using var network = Network(seed: 2);
        var options = s_options with { Seed = 7, WeightDecay = 0.5 };
        var trainer = new EmbeddingTrainer(options, new ImagePreprocessing(), TimeProvider.System, checkpoints: new Checkpointing(_folder) { Resume = true });
        var message = Assert.Throws<CheckpointException>(() => trainer.Train(network, otherSet, null, TestContext.Current.CancellationToken)).Message;
        Assert.All((string[])["the recipe differs in seed, weightDecay", "pictures or their labels differ", "weights to start from differ"],
            part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    [Fact]
    public void Train_CheckpointThatNobodyAskedToResume_IsRefusedAndKept()
    {
        Run(s_options, new Checkpointing(_folder) { EverySteps = 2 }, stop: 3);
        Assert.Throws<CheckpointException>(() => Run(s_options, new Checkpointing(_folder), stop: 1));
        Assert.True(_folder.Any);
    }

    [Fact]
    public void Train_ResumeWithoutACheckpoint_StartsAtTheBeginning() =>
        Assert.Equal(3, Run(s_options, new Checkpointing(_folder) { Resume = true }, stop: 3).Losses.Count);

    [Fact]
    public void Train_NewestCheckpointDamaged_GoesOnFromTheOneBefore()
    {
        Run(s_options, new Checkpointing(_folder) { EverySteps = 2 }, stop: 5);
        string[] checkpoints = [.. Directory.EnumerateDirectories(_folder.Path).Order(StringComparer.Ordinal)];
        Assert.Equal(2, checkpoints.Length);
        Damage(checkpoints[1]);
        Assert.Equal(2 * StepsInStage - 2, Run(s_options, new Checkpointing(_folder) { Resume = true }, stop: int.MaxValue).Losses.Count);
    }

    [Fact]
    public void Train_AllCheckpointsDamaged_SaysSo()
    {
        Run(s_options, new Checkpointing(_folder) { EverySteps = 2 }, stop: 5);
        foreach (var checkpoint in Directory.EnumerateDirectories(_folder.Path))
            Damage(checkpoint);
        var message = Assert.Throws<CheckpointException>(() => Run(s_options, new Checkpointing(_folder) { Resume = true }, stop: 1)).Message;
        Assert.Contains("state.safetensors is damaged", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_FolderThatWasBeingWritten_IsNoCheckpoint()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "00-00000002.unfinished"));
        Assert.False(_folder.Any);
        Run(s_options, new Checkpointing(_folder) { EverySteps = 2 }, stop: 3);
        Assert.Equal(["00-00000002"], Directory.EnumerateDirectories(_folder.Path).Select(Path.GetFileName));
    }

    private static void Damage(string checkpoint)
    {
        using var file = File.OpenWrite(Path.Combine(checkpoint, "state.safetensors"));
        file.Position = file.Length / 2;
        file.Write([1, 2, 3, 4]);
    }

    /// <param name="stop">Steps after which the run is stopped; what it holds in memory is lost.</param>
    private static (List<double> Losses, float[] Weights, List<string> Rounds) Run(TrainingOptions options, Checkpointing? checkpoints, int stop)
    {
        using var network = Network(seed: 1);
        using var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var set = Pictures(brightness: 150);
        List<string> rounds = [];
        PhotoEvidence[] evidence = [.. Enumerable.Range(0, set.Count).Select(i =>
            new PhotoEvidence(new LabelledPhoto($"a/{i}.jpg", "a", $"{i}"), 0x123456789abcdefUL * (ulong)i, ReadOnlyMemory<float>.Empty))];
        var mining = new HardNegativeMining(evidence, new ExhaustiveIndexer(),
            found => rounds.Add(string.Join('|', found.ByPhoto.Select(negatives => string.Join(' ', negatives.Select(n => n.Id))))));
        var losses = new Losses(stop, source);
        try
        {
            new EmbeddingTrainer(options, new ImagePreprocessing(), TimeProvider.System, mining, checkpoints).Train(network, set, losses, source.Token);
        }
        catch (OperationCanceledException) when (losses.Count == stop)
        {
        }
        return (losses, MetricLearning.Weights.ModuleWeights.Values(network.Head.weight!), rounds);
    }

    private static LossTermOptions Term(string json) => JsonSerializer.Deserialize<LossTermOptions>(json, JsonSerializerOptions.Web)!;

    private static MobileNetV2 Network(int seed)
    {
        torch.manual_seed(seed);
        return new MobileNetV2(16);
    }

    /// <summary>Two categories of four pieces, told apart by the size and the colour of a square.</summary>
    private static TrainingSet Pictures(int brightness)
    {
        const int side = 40;
        return new TrainingSet(side, [.. Enumerable.Range(0, 8).Select(Draw)], [0, 0, 0, 0, 1, 1, 1, 1], [0, 1, 2, 3, 4, 5, 6, 7]);

        byte[] Draw(int piece)
        {
            var image = new byte[3 * side * side];
            for (var i = 0; i < side * side; i++)
            {
                var inside = Math.Max(Math.Abs(i % side - 20), Math.Abs(i / side - 20)) < (piece < 4 ? 8 : 15);
                for (var c = 0; c < 3; c++)
                    image[3 * i + c] = inside ? (byte)(40 + brightness * ((piece >> c) & 1)) : (byte)255;
            }
            return image;
        }
    }

    private sealed class Losses(int stop, CancellationTokenSource source) : List<double>, IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Loss is not { } loss)
                return;
            Add(loss);
            if (Count == stop)
                source.Cancel();
        }
    }
}
