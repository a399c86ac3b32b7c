using Search.MetricLearning.Models;
using Search.MetricLearning.Weights;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Search.MetricLearning.Training;

/// <summary>AdamW (Loshchilov and Hutter, 2019) over the blocks that a stage trains, the layers above them and what losses learn themselves, each at a rate of its own.</summary>
internal sealed class StageOptimiser : IDisposable
{
    private readonly (string Name, Parameter[] Parameters, AdamW Optimiser, double[] PeakRates)[] _parts;
    private readonly double _gradientNorm;

    public StageOptimiser(TrainingOptions options, ScheduledStage stage, MobileNetV2 network, TrainingObjective objective)
    {
        var rates = stage.Options;
        // A group a block, each slower than the one above it.
        (Parameter[] Parameters, double PeakRate)[] blocks = [.. Enumerable.Range(stage.FrozenBlocks, MobileNetV2.BlockCount - stage.FrozenBlocks)
            .Select(block => (network.Blocks[block].parameters().ToArray(), rates.LearningRate * Math.Pow(rates.LayerDecay, MobileNetV2.BlockCount - 1 - block)))];
        Parameter[] head = [.. network.NewParameters], losses = [.. objective.Parameters];
        _parts = [Part("convolutions", blocks), Part("head", (head, rates.HeadLearningRate)), .. losses.Length == 0 ? [] : new[] { Part("losses", (losses, options.LossLearningRate)) }];
        Network = [.. _parts[0].Parameters, .. head];
        _gradientNorm = options.GradientNorm;

        (string, Parameter[], AdamW, double[]) Part(string name, params (Parameter[] Parameters, double PeakRate)[] groups)
        {
            var optimiser = optim.AdamW(groups.Select(group => new AdamW.ParamGroup { Parameters = group.Parameters }), weight_decay: options.WeightDecay);
            return (name, [.. groups.SelectMany(group => group.Parameters)], optimiser, [.. groups.Select(group => group.PeakRate)]);
        }
    }

    /// <summary>What of the network is trained.</summary>
    public IReadOnlyList<Parameter> Network { get; }

    /// <param name="loss">Of one batch.</param>
    /// <param name="rate">Share of the peak learning rates.</param>
    public void Step(Tensor loss, double rate)
    {
        foreach (var (_, _, optimiser, peaks) in _parts)
        {
            foreach (var (group, peak) in optimiser.ParamGroups.Zip(peaks))
                group.LearningRate = rate * peak;
            optimiser.zero_grad();
        }
        loss.backward();
        nn.utils.clip_grad_norm_([.. Network], _gradientNorm);
        foreach (var (_, _, optimiser, _) in _parts)
            optimiser.step();
    }

    public IReadOnlyDictionary<string, WeightTensor> Save()
    {
        var saved = new Dictionary<string, WeightTensor>();
        foreach (var (name, _, state) in States())
        {
            saved.Add($"{name}.step", new([1], [state.step]));
            saved.Add($"{name}.mean", ModuleWeights.Weight(state.exp_avg));
            saved.Add($"{name}.square", ModuleWeights.Weight(state.exp_avg_sq));
        }
        return saved;
    }

    /// <summary>Goes on where an optimiser of the same stage was saved.</summary>
    /// <exception cref="WeightFormatException">Something is missing or of another shape.</exception>
    public void Load(IReadOnlyDictionary<string, WeightTensor> saved)
    {
        foreach (var (name, parameter, state) in States())
        {
            state.step = (long)saved.Require($"{name}.step", 1).Values[0];
            using (no_grad())
            {
                ModuleWeights.Fill(state.exp_avg, saved.Require($"{name}.mean", parameter.shape));
                ModuleWeights.Fill(state.exp_avg_sq, saved.Require($"{name}.square", parameter.shape));
            }
            if (state.step > 0)
                GiveGradient(parameter);
        }
    }

    /// <summary>
    /// A parameter without any gradient is passed over, one with a zero gradient moves on by its momentum. After the first step there always is one, so
    /// there must be one after loading, too.
    /// </summary>
    private static void GiveGradient(Parameter parameter)
    {
        using var scope = NewDisposeScope();
        (parameter * 0).sum().backward();
    }

    private IEnumerable<(string Name, Parameter Parameter, AdamW.State State)> States() => _parts.SelectMany(part =>
        part.Optimiser.state_dict().State.Cast<AdamW.State>().Zip(part.Parameters, (state, parameter) => (state, parameter))
            .Select((p, i) => ($"{part.Name}.{i}", p.parameter, p.state)));

    public void Dispose()
    {
        foreach (var (_, _, optimiser, _) in _parts)
            optimiser.Dispose();
    }
}
