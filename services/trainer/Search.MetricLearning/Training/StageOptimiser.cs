using Search.MetricLearning.Models;
using Search.MetricLearning.Weights;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Search.MetricLearning.Training;

/// <summary>AdamW (Loshchilov and Hutter, 2019) over the blocks that a stage trains, the layers above them and what losses learn themselves, each at a rate of its own.</summary>
internal sealed class StageOptimiser : IDisposable
{
    private readonly (string Name, Parameter[] Parameters, AdamW Optimiser, double PeakRate)[] _parts;
    private readonly double _gradientNorm;

    public StageOptimiser(TrainingOptions options, TrainingStage stage, MobileNetV2 network, TrainingObjective objective)
    {
        (string Name, Parameter[] Parameters, double PeakRate)[] parts =
        [
            ("convolutions", [.. network.ParametersFrom(stage.FirstBlock)], stage.Options.LearningRate),
            ("head", [.. network.NewParameters], stage.Options.HeadLearningRate),
            ("losses", [.. objective.Parameters], options.LossLearningRate),
        ];
        _parts = [.. parts.Where(p => p.Parameters.Length > 0).Select(p => (p.Name, p.Parameters, optim.AdamW(p.Parameters, p.PeakRate, weight_decay: options.WeightDecay), p.PeakRate))];
        Network = [.. parts[0].Parameters, .. parts[1].Parameters];
        _gradientNorm = options.GradientNorm;
    }

    /// <summary>What of the network is trained.</summary>
    public IReadOnlyList<Parameter> Network { get; }

    /// <param name="loss">Of one batch.</param>
    /// <param name="rate">Share of the peak learning rates.</param>
    public void Step(Tensor loss, double rate)
    {
        foreach (var (_, _, optimiser, peak) in _parts)
        {
            foreach (var group in optimiser.ParamGroups)
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
