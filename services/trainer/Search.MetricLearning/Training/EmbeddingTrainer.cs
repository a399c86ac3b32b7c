using Search.Imaging;
using Search.MetricLearning.Augmentation;
using Search.MetricLearning.Data;
using Search.MetricLearning.Models;
using static TorchSharp.torch;

namespace Search.MetricLearning.Training;

/// <summary>
/// Trains a <see cref="MobileNetV2"/> to embed photos so that one piece's views lie together and its category around them.
/// First the top on kept features of the frozen lower blocks, then everything end to end. One run at a time in a process:
/// torch's random generator is global.
/// </summary>
public sealed class EmbeddingTrainer(TrainingOptions options, ImagePreprocessing preprocessing, TimeProvider time)
{
    /// <summary>Trains in place.</summary>
    /// <param name="network">Starts from whatever it holds, usually ImageNet weights under a random head.</param>
    /// <param name="set">At least two categories; larger than the views, so that crops stay sharp.</param>
    /// <param name="progress">Called after each step.</param>
    /// <param name="cancellation">Checked between steps; the network keeps what it has learnt.</param>
    public void Train(
        MobileNetV2 network, TrainingSet set, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(set);
        network.UseChannelsLast();
        network.train();
        using var objective = new TrainingObjective(options, set);
        if (options.Top.Steps > 0)
            TrainTop(network, objective, set, progress, cancellation);
        if (options.Whole.Steps > 0)
            TrainWhole(network, objective, set, progress, cancellation);
        network.eval();
    }

    private void TrainTop(
        MobileNetV2 network, TrainingObjective objective, TrainingSet set, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var loader = Loader(set, options.Seed);
        var batches = (set.Count * options.KeptViews + 31) / 32;
        using var kept = KeptFeatures.Compute(
            network, options.FrozenBlocks, loader, set.Count, options.KeptViews, options.Top.Side,
            new StageClock(time, progress, "frozen blocks", batches));
        CentreHead(network, kept, set.Count);
        var random = new Random(options.Seed);
        Optimise(network, options.FrozenBlocks, objective, set, options.Top, new StageClock(time, progress, "top blocks", options.Top.Steps),
            (photos, _) => MobileNetV2.Pool(network.Range(kept.Draw(photos, random), options.FrozenBlocks, MobileNetV2.BlockCount)),
            cancellation);
    }

    private void TrainWhole(
        MobileNetV2 network, TrainingObjective objective, TrainingSet set, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var loader = Loader(set, options.Seed + 1);
        Optimise(network, 0, objective, set, options.Whole, new StageClock(time, progress, "all blocks", options.Whole.Steps),
            (photos, step) => network.Features(loader.Augmented(photos, options.Whole.Side, step)),
            cancellation);
    }

    private void Optimise(
        MobileNetV2 network, int firstBlock, TrainingObjective objective, TrainingSet set, StageOptions stage, StageClock clock,
        Func<IReadOnlyList<int>, int, Tensor> features, CancellationToken cancellation)
    {
        var convolutions = network.ParametersFrom(firstBlock).ToArray();
        var head = network.Head.parameters().ToArray();
        using var convolutionOptimiser = optim.AdamW(convolutions, stage.LearningRate, weight_decay: options.WeightDecay);
        using var headOptimiser = optim.AdamW(head, stage.HeadLearningRate, weight_decay: options.WeightDecay);
        var learned = objective.Parameters.ToArray();
        using var lossOptimiser = learned.Length == 0 ? null : optim.AdamW(learned, options.LossLearningRate, weight_decay: options.WeightDecay);
        using var average = options.AverageDecay > 0 ? new WeightAverage([.. convolutions, .. head], options.AverageDecay) : null;
        objective.ForgetEmbeddings();
        var sampler = new BalancedSampler(set, options.Seed);
        for (var step = 0; step < stage.Steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var rate = WarmupCosine.At(step, (int)(stage.Warmup * stage.Steps), stage.Steps);
            SetRate(convolutionOptimiser, rate * stage.LearningRate);
            SetRate(headOptimiser, rate * stage.HeadLearningRate);
            SetRate(lossOptimiser, rate * options.LossLearningRate);

            var photos = sampler.Next(stage.PiecesPerCategory);
            var embeddings = network.Embed(features(photos, step));
            var loss = objective.Compute(embeddings, photos, step);
            convolutionOptimiser.zero_grad();
            headOptimiser.zero_grad();
            lossOptimiser?.zero_grad();
            loss.backward();
            nn.utils.clip_grad_norm_([.. convolutions, .. head], options.GradientNorm);
            convolutionOptimiser.step();
            headOptimiser.step();
            lossOptimiser?.step();
            average?.Update();
            clock.Report(step + 1, photos.Count, loss.item<float>());
        }
        average?.Apply();
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
        var top = network.Range(kept.Draw(sample, new Random(0)), options.FrozenBlocks, MobileNetV2.BlockCount);
        network.Head.bias!.copy_(-network.Head.weight!.matmul(MobileNetV2.Pool(top).mean([0])));
    }

    private ViewLoader Loader(TrainingSet set, int seed) =>
        new(set, new ViewAugmentation(options.Augmentation), preprocessing, seed);

    private static void SetRate(optim.Optimizer? optimiser, double rate)
    {
        foreach (var group in optimiser?.ParamGroups ?? [])
            group.LearningRate = rate;
    }
}
