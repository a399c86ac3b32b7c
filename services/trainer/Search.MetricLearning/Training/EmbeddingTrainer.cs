using Search.Imaging;
using Search.MetricLearning.Augmentation;
using Search.MetricLearning.Data;
using Search.MetricLearning.HardNegatives;
using Search.MetricLearning.Models;
using Search.MetricLearning.Training.Checkpoints;
using Search.MetricLearning.Training.Validation;
using static TorchSharp.torch;

namespace Search.MetricLearning.Training;

/// <summary>
/// Trains a <see cref="MobileNetV2"/> to embed photos so that one piece's views lie together and its category around them.
/// Stage by stage, by default first the top on kept features of the frozen lower blocks, then everything end to end. One run at a time in a process:
/// torch's random generator is global.
/// </summary>
/// <param name="options">The recipe, valid.</param>
/// <param name="preprocessing">The model's.</param>
/// <param name="time">Measures rates.</param>
/// <param name="mining">Needed where the recipe asks for hard negatives.</param>
/// <param name="checkpoints">Where the run saves itself and goes on after it was stopped; null for nowhere.</param>
/// <param name="validation">Needed where the recipe asks for validation: pieces that the training set does not have.</param>
/// <param name="shared">Of runs that start from the same weights; null to compute everything anew.</param>
public sealed class EmbeddingTrainer(
    TrainingOptions options, ImagePreprocessing preprocessing, TimeProvider time,
    HardNegativeMining? mining = null, Checkpointing? checkpoints = null, TrainingSet? validation = null, SharedFeatures? shared = null)
{
    /// <summary>Trains in place.</summary>
    /// <param name="network">Starts from whatever it holds: ImageNet weights under a random head, or a model that was trained before.</param>
    /// <param name="set">At least two categories; larger than the views, so that crops stay sharp.</param>
    /// <param name="progress">Called after each step.</param>
    /// <param name="cancellation">Checked between steps; the network keeps what it has learnt.</param>
    /// <returns>The time it took; of a resumed run, its earlier parts up to their last checkpoint too.</returns>
    /// <exception cref="ArgumentException">
    /// The options ask for hard negatives, and nothing is given to find them with, or it knows other photos; or they ask for validation, and no photos are given for it, or too few.
    /// </exception>
    /// <exception cref="CheckpointException">The run cannot go on from its checkpoint, or there is one and nobody asked to resume it.</exception>
    public TimeSpan Train(
        MobileNetV2 network, TrainingSet set, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(set);
        if (options.HardNegatives is not null && mining?.Photos.Count != set.Count)
            throw new ArgumentException($"Hard negatives need what is known of all {set.Count} photos, not of {mining?.Photos.Count ?? 0}.", nameof(set));
        if (options.Validation is not null && validation is null)
            throw new ArgumentException("Validation needs photos that are set aside.", nameof(set));
        checkpoints?.Validate();
        var start = time.GetTimestamp();
        network.UseChannelsLast();
        network.train();
        using var objective = new TrainingObjective(options, set);
        var keeper = checkpoints is null ? null : new CheckpointKeeper(checkpoints, RunIdentity.Of(options, preprocessing, network, set, validation, mining?.Photos ?? []));
        var from = keeper?.Start();
        var run = new RunContext(network, set, objective, progress, cancellation)
        {
            Validation = options.Validation is null ? null : new ValidationPhotos(validation!, options, preprocessing),
            Keeper = keeper,
            From = from,
            Elapsed = () => time.GetElapsedTime(start) + (from?.Elapsed ?? TimeSpan.Zero),
        };
        if (from is not null)
            Restore(run, from);
        foreach (var stage in options.Schedule().Where(stage => stage.Options.Steps > 0 && stage.Number >= (from?.Stage ?? 0)))
        {
            using StageFeatures features = stage.KeptViews > 0 ? Kept(run, stage) : Fresh(run, stage);
            using var optimisation = new StageRun(options, run, stage, features, mining);
            optimisation.Train(time);
        }
        network.eval();
        return run.Elapsed();
    }

    private void Restore(RunContext run, TrainingCheckpoint from)
    {
        run.Restore(from);
        // Those of the stage itself are used again when it goes on.
        foreach (var found in run.Mined.Where(stage => stage < from.Stage))
            mining?.Found?.Invoke(found);
    }

    private KeptStageFeatures Kept(RunContext run, ScheduledStage stage)
    {
        // Later on, the blocks below are no longer those that all runs start with.
        var sharing = stage.Number == 0 ? shared : null;
        var kept = sharing is null ? Compute(run, stage) : sharing.Get(
            new SharedFeatures.Start(run.Set, stage.FrozenBlocks, stage.KeptViews, stage.Options.Side, options.Seed, options.Network.Width, options.FirstView, options.Augmentation),
            () => Compute(run, stage));
        if (stage.Number == 0 && run.From is null)
            CentreHead(run.Network, stage.FrozenBlocks, kept, run.Set.Count);
        return new KeptStageFeatures(run.Network, stage, kept, options.Seed, sharing is null ? kept : null);
    }

    private KeptFeatures Compute(RunContext run, ScheduledStage stage)
    {
        var batches = (run.Set.Count * stage.KeptViews + 31) / 32;
        return KeptFeatures.Compute(
            run.Network, stage.FrozenBlocks, TrainingViews(run.Set, options.Seed + stage.Number, mirroredPairs: 0), run.Set.Count, stage.KeptViews, paired: options.FirstView is not null,
            stage.Options.Side, new StageClock(time, run.Progress, "frozen blocks", batches));
    }

    private FreshStageFeatures Fresh(RunContext run, ScheduledStage stage)
    {
        var seed = options.Seed + stage.Number;
        return new FreshStageFeatures(
            run.Network, stage, TrainingViews(run.Set, seed, options.MirroredPairs), Loader(run.Set, AugmentationOptions.None, options.Seed),
            Loader(run.Set, options.Augmentation with { Shopper = 0 }, seed));
    }

    /// <summary>
    /// Pooled ReLU6 features all point the same way, and so would embeddings. A bias that takes away the projected mean
    /// lets the first steps work on differences. A head that has learnt its bias keeps it.
    /// </summary>
    private static void CentreHead(MobileNetV2 network, int frozenBlocks, KeptFeatures kept, int photos)
    {
        using var scope = NewDisposeScope();
        using var gradientsOff = no_grad();
        if (network.Head.bias!.count_nonzero().item<long>() > 0)
            return;
        var sample = Enumerable.Range(0, Math.Min(photos, 128)).Select(i => i * photos / Math.Min(photos, 128)).ToArray();
        var features = network.FeaturesFrom(kept.Draw(sample, new Random(0)), frozenBlocks);
        network.Head.bias!.copy_(-network.Head.weight!.matmul(features.mean([0])));
    }

    private ViewLoader TrainingViews(TrainingSet set, int seed, double mirroredPairs) =>
        new(set, new ViewAugmentation(options.FirstView ?? options.Augmentation), new ViewAugmentation(options.Augmentation), preprocessing, seed, mirroredPairs);

    private ViewLoader Loader(TrainingSet set, AugmentationOptions augmentation, int seed) =>
        new(set, new ViewAugmentation(augmentation), preprocessing, seed);
}
