using Search.Imaging;
using Search.MetricLearning.Augmentation;
using Search.MetricLearning.Data;
using Search.MetricLearning.HardNegatives;
using Search.MetricLearning.Models;
using static TorchSharp.torch;

namespace Search.MetricLearning.Training;

/// <summary>
/// Trains a <see cref="MobileNetV2"/> to embed photos so that one piece's views lie together and its category around them.
/// First the top on kept features of the frozen lower blocks, then everything end to end. One run at a time in a process:
/// torch's random generator is global.
/// </summary>
/// <param name="options">The recipe, valid.</param>
/// <param name="preprocessing">The model's.</param>
/// <param name="time">Measures rates.</param>
/// <param name="mining">Needed where the recipe asks for hard negatives.</param>
public sealed class EmbeddingTrainer(TrainingOptions options, ImagePreprocessing preprocessing, TimeProvider time, HardNegativeMining? mining = null)
{
    /// <summary>Trains in place.</summary>
    /// <param name="network">Starts from whatever it holds, usually ImageNet weights under a random head.</param>
    /// <param name="set">At least two categories; larger than the views, so that crops stay sharp.</param>
    /// <param name="progress">Called after each step.</param>
    /// <param name="cancellation">Checked between steps; the network keeps what it has learnt.</param>
    /// <exception cref="ArgumentException">The options ask for hard negatives, and nothing is given to find them with, or it knows other photos.</exception>
    public void Train(
        MobileNetV2 network, TrainingSet set, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(set);
        if (options.HardNegatives is not null && mining?.Photos.Count != set.Count)
            throw new ArgumentException($"Hard negatives need what is known of all {set.Count} photos, not of {mining?.Photos.Count ?? 0}.", nameof(set));
        network.UseChannelsLast();
        network.train();
        using var objective = new TrainingObjective(options, set);
        var run = new RunContext(network, set, objective, progress, cancellation);
        if (options.Top.Steps > 0)
            TrainTop(run);
        if (options.Whole.Steps > 0)
            TrainWhole(run);
        network.eval();
    }

    private void TrainTop(RunContext run)
    {
        var (network, set) = (run.Network, run.Set);
        var loader = Loader(set, options.Augmentation, options.Seed);
        var batches = (set.Count * options.KeptViews + 31) / 32;
        using var kept = KeptFeatures.Compute(
            network, options.FrozenBlocks, loader, set.Count, options.KeptViews, options.Top.Side,
            new StageClock(time, run.Progress, "frozen blocks", batches));
        CentreHead(network, kept, set.Count);
        var random = new Random(options.Seed);
        Tensor Above(Tensor features) => network.FeaturesFrom(features, options.FrozenBlocks);
        Optimise(run, new TrainingStage("top blocks", options.FrozenBlocks, options.Top,
            (photos, _) => Above(kept.Draw(photos, random)),
            (photos, view) => Above(kept.View(photos, view))));
    }

    private void TrainWhole(RunContext run)
    {
        var (network, side) = (run.Network, options.Whole.Side);
        var loader = Loader(run.Set, options.Augmentation, options.Seed + 1);
        var plain = Loader(run.Set, AugmentationOptions.None, options.Seed);
        // How near a photo's positive is says little where that positive is all but another picture.
        var mild = Loader(run.Set, options.Augmentation with { Shopper = 0 }, options.Seed + 1);
        Optimise(run, new TrainingStage("all blocks", 0, options.Whole,
            (photos, step) => network.Features(loader.Augmented(photos, side, step)),
            // The photo as it is searched for, and a view that no step has seen.
            (photos, view) => network.Features(view == 0 ? plain.Augmented(photos, side, 0) : mild.Augmented(photos, side, options.Whole.Steps + photos[0]))));
    }

    private void Optimise(RunContext run, TrainingStage stage)
    {
        var (network, objective, rates) = (run.Network, run.Objective, stage.Options);
        var convolutions = network.ParametersFrom(stage.FirstBlock).ToArray();
        var head = network.NewParameters.ToArray();
        using var convolutionOptimiser = optim.AdamW(convolutions, rates.LearningRate, weight_decay: options.WeightDecay);
        using var headOptimiser = optim.AdamW(head, rates.HeadLearningRate, weight_decay: options.WeightDecay);
        var learned = objective.Parameters.ToArray();
        using var lossOptimiser = learned.Length == 0 ? null : optim.AdamW(learned, options.LossLearningRate, weight_decay: options.WeightDecay);
        using var average = options.AverageDecay > 0 ? new WeightAverage([.. convolutions, .. head], options.AverageDecay) : null;
        objective.ForgetEmbeddings();
        var (sampler, rounds) = Sampler(run);
        var clock = new StageClock(time, run.Progress, stage.Name, rates.Steps);
        for (var step = 0; step < rates.Steps; step++)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            if (rounds?.IsDue(step) == true)
                rounds.Run(network, stage.Views, new StageClock(time, run.Progress, "hard negatives", rounds.Batches), run.Cancellation);
            using var scope = NewDisposeScope();
            var rate = WarmupCosine.At(step, (int)(rates.Warmup * rates.Steps), rates.Steps);
            SetRate(convolutionOptimiser, rate * rates.LearningRate);
            SetRate(headOptimiser, rate * rates.HeadLearningRate);
            SetRate(lossOptimiser, rate * options.LossLearningRate);

            var photos = sampler.Next(rates.PiecesPerCategory);
            var embeddings = network.Embed(stage.Features(photos, step));
            var (loss, terms) = objective.Compute(embeddings, photos, step);
            convolutionOptimiser.zero_grad();
            headOptimiser.zero_grad();
            lossOptimiser?.zero_grad();
            loss.backward();
            nn.utils.clip_grad_norm_([.. convolutions, .. head], options.GradientNorm);
            convolutionOptimiser.step();
            headOptimiser.step();
            lossOptimiser?.step();
            average?.Update();
            clock.Report(step + 1, photos.Count, loss.item<float>(), terms);
        }
        average?.Apply();
    }

    private (IBatchSampler Sampler, MiningRounds? Mining) Sampler(RunContext run)
    {
        if (options.HardNegatives is not { } hard)
            return (new BalancedSampler(run.Set, options.Seed), null);
        var sampler = new NeighbourhoodSampler(run.Set, hard.Share, options.Seed);
        return (sampler, new MiningRounds(hard, mining!, run.Set, sampler));
    }

    /// <summary>
    /// Pooled ReLU6 features all point the same way, and so would embeddings. A bias that takes away the projected mean
    /// lets the first steps work on differences.
    /// </summary>
    private void CentreHead(MobileNetV2 network, KeptFeatures kept, int photos)
    {
        using var scope = NewDisposeScope();
        using var gradientsOff = no_grad();
        var sample = Enumerable.Range(0, Math.Min(photos, 128)).Select(i => i * photos / Math.Min(photos, 128)).ToArray();
        var features = network.FeaturesFrom(kept.Draw(sample, new Random(0)), options.FrozenBlocks);
        network.Head.bias!.copy_(-network.Head.weight!.matmul(features.mean([0])));
    }

    private ViewLoader Loader(TrainingSet set, AugmentationOptions augmentation, int seed) =>
        new(set, new ViewAugmentation(augmentation), preprocessing, seed);

    private static void SetRate(optim.Optimizer? optimiser, double rate)
    {
        foreach (var group in optimiser?.ParamGroups ?? [])
            group.LearningRate = rate;
    }
}
