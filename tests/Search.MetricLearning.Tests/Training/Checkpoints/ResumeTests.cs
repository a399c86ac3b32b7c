using Search.Imaging;
using Search.MetricLearning.Training;
using Search.MetricLearning.Training.Checkpoints;
using TorchSharp;

namespace Search.MetricLearning.Tests.Training.Checkpoints;

/// <summary>A run that stops after some of its twelve steps and goes on in new objects, held against one that does not stop.</summary>
public sealed class ResumeTests : IDisposable
{
    private static readonly TrainingOptions s_listedStages = TinyRun.Recipe with
    {
        Stages =
        [
            new() { Steps = 6, Side = 32, PiecesPerCategory = 3, LearningRate = 5e-4, HeadLearningRate = 5e-3, FrozenBlocks = 14, KeptViews = 2 },
            new() { Steps = 6, Side = 32, PiecesPerCategory = 2, LearningRate = 2e-4, HeadLearningRate = 2e-3, FrozenBlocks = 7, LayerDecay = 0.9 },
        ],
    };

    private readonly CheckpointFolder _folder = new(Path.Combine(Path.GetTempPath(), $"resume-{Guid.NewGuid():N}"));

    public void Dispose() => _folder.Clear();

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(8)]
    [InlineData(9)]
    public void Train_StoppedAndResumed_GivesTheLossesOfAnUninterruptedRun(int stop) => RequireSameRun(TinyRun.RecipeThatRemembers, stop);

    [Fact]
    public void Train_PublishedRecipeStoppedAndResumed_GivesTheLossesOfAnUninterruptedRun() => RequireSameRun(TinyRun.Recipe, stop: 5);

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    public void Train_ListedStagesStoppedAndResumed_GivesTheLossesOfAnUninterruptedRun(int stop) => RequireSameRun(s_listedStages, stop);

    [Fact]
    public void Train_FirstViewsOfTheirOwnStoppedAndResumed_GivesTheLossesOfAnUninterruptedRun() =>
        RequireSameRun(TinyRun.Recipe with { KeptViews = 4, FirstView = new() { Shopper = 1 } }, stop: 4);

    [Theory]
    [InlineData(5)]
    [InlineData(9)]
    public void Train_ValidatedRunStoppedAndResumed_GivesTheLossesOfAnUninterruptedRun(int stop) =>
        RequireSameRun(TinyRun.Recipe with { Validation = new() { Every = 3, Patience = 5 } }, stop);

    private void RequireSameRun(TrainingOptions options, int stop)
    {
        var (whole, weights) = Run(options, null);
        Assert.Equal(12, whole.Losses.Count);
        var (first, _) = Run(options, new Checkpointing(_folder) { EverySteps = 2 }, stop);
        Assert.Equal(stop, first.Losses.Count);
        var (second, resumedWeights) = Run(options, new Checkpointing(_folder) { EverySteps = 2, Resume = true });

        // At most the step after the last checkpoint is done again.
        Assert.InRange(second.Losses.Count, 12 - stop, 12 - stop + 1);
        // To the bit: what differs in the last one now differs in the first after some hundred steps.
        Assert.Equal(whole.Losses.Take(stop), first.Losses);
        Assert.Equal(whole.Losses.TakeLast(second.Losses.Count), second.Losses);
        Assert.Equal(weights, resumedWeights);
        Assert.Equal(whole.Rounds, second.Rounds);
        Assert.Equal(whole.Measurements.TakeLast(second.Measurements.Count).Select(m => m.Validation), second.Measurements.Select(m => m.Validation));
    }

    [Fact]
    public void Train_CheckpointOfAnotherRun_IsRefusedWithEveryReason()
    {
        Run(TinyRun.Recipe, new Checkpointing(_folder) { EverySteps = 2 }, stop: 3);
        using var network = TinyRun.Network(seed: 2);
        var options = TinyRun.Recipe with { Seed = 7, WeightDecay = 0.5 };
        var trainer = new EmbeddingTrainer(options, new ImagePreprocessing(), TimeProvider.System, checkpoints: new Checkpointing(_folder) { Resume = true });
        var refusal = Assert.Throws<CheckpointException>(() => trainer.Train(network, TinyRun.Pictures(brightness: 210), null, TestContext.Current.CancellationToken));
        Assert.All((string[])["the recipe differs in seed, weightDecay", "pictures or their labels differ", "weights to start from differ"],
            part => Assert.Contains(part, refusal.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Train_CheckpointOfAnotherBuild_IsRefused()
    {
        Run(TinyRun.Recipe, new Checkpointing(_folder) { EverySteps = 2 }, stop: 3);
        var checkpoint = _folder.ReadNewest()!;
        _folder.Write(checkpoint with { Run = checkpoint.Run with { Code = "0123456789abcdef" } });
        var refusal = Assert.Throws<CheckpointException>(() => Run(TinyRun.Recipe, new Checkpointing(_folder) { Resume = true }));
        Assert.Contains("instead of 0123456789abcdef", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_HeadThatStartedWithOtherLastBits_GoesOn()
    {
        Run(TinyRun.Recipe, new Checkpointing(_folder) { EverySteps = 2 }, stop: 3);
        using var network = TinyRun.Network();
        // As from another number of threads.
        using (torch.no_grad())
            network.Head.weight!.mul_(1 + 1e-6);
        var run = new TinyRun(TinyRun.Recipe) { Checkpoints = new Checkpointing(_folder) { Resume = true } };
        run.Train(network, TestContext.Current.CancellationToken);
        Assert.Equal(10, run.Losses.Count);
    }

    [Fact]
    public void Train_CheckpointThatNobodyAskedToResume_IsRefusedAndKept()
    {
        Run(TinyRun.Recipe, new Checkpointing(_folder) { EverySteps = 2 }, stop: 3);
        Assert.Throws<CheckpointException>(() => Run(TinyRun.Recipe, new Checkpointing(_folder)));
        Assert.True(_folder.Any);
    }

    [Fact]
    public void Train_ResumeWithoutACheckpoint_StartsAtTheBeginning() =>
        Assert.Equal(3, Run(TinyRun.Recipe, new Checkpointing(_folder) { Resume = true }, stop: 3).Run.Losses.Count);

    [Fact]
    public void Train_NewestCheckpointDamaged_GoesOnFromTheOneBefore()
    {
        Run(TinyRun.Recipe, new Checkpointing(_folder) { EverySteps = 2 }, stop: 5);
        string[] checkpoints = [.. Directory.EnumerateDirectories(_folder.Path).Order(StringComparer.Ordinal)];
        Assert.Equal(2, checkpoints.Length);
        Damage(checkpoints[1]);
        Assert.Equal(10, Run(TinyRun.Recipe, new Checkpointing(_folder) { Resume = true }).Run.Losses.Count);
    }

    [Fact]
    public void Train_AllCheckpointsDamaged_SaysSo()
    {
        Run(TinyRun.Recipe, new Checkpointing(_folder) { EverySteps = 2 }, stop: 5);
        foreach (var checkpoint in Directory.EnumerateDirectories(_folder.Path))
            Damage(checkpoint);
        var refusal = Assert.Throws<CheckpointException>(() => Run(TinyRun.Recipe, new Checkpointing(_folder) { Resume = true }));
        Assert.Contains("state.safetensors is damaged", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_FolderThatWasBeingWritten_IsNoCheckpoint()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "00-00000002.unfinished"));
        Assert.False(_folder.Any);
        Run(TinyRun.Recipe, new Checkpointing(_folder) { EverySteps = 2 }, stop: 3);
        Assert.Equal(["00-00000002"], Directory.EnumerateDirectories(_folder.Path).Select(Path.GetFileName));
    }

    private static void Damage(string checkpoint)
    {
        using var file = File.OpenWrite(Path.Combine(checkpoint, "state.safetensors"));
        file.Position = file.Length / 2;
        file.Write([1, 2, 3, 4]);
    }

    /// <param name="stop">Steps after which the run is stopped; what it holds in memory is lost.</param>
    private static (TinyRun Run, float[] Weights) Run(TrainingOptions options, Checkpointing? checkpoints, int stop = int.MaxValue)
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var run = new TinyRun(options)
        {
            Checkpoints = checkpoints,
            AfterStep = step =>
            {
                if (step == stop)
                    source.Cancel();
            },
        };
        try
        {
            return (run, run.Train(source.Token));
        }
        catch (OperationCanceledException) when (run.Losses.Count == stop)
        {
            return (run, []);
        }
    }
}
