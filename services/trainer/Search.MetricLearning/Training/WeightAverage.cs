using Search.MetricLearning.Weights;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Search.MetricLearning.Training;

/// <summary>
/// Exponential moving average of weights (Polyak and Juditsky, 1992): the average of the last steps generalises better
/// than the last step. The average starts short and lengthens, so early weights are soon forgotten.
/// </summary>
internal sealed class WeightAverage : IDisposable
{
    private readonly IReadOnlyList<Parameter> _weights;
    private readonly Tensor[] _average;
    private readonly double _decay;
    private int _steps;

    public WeightAverage(IReadOnlyList<Parameter> weights, double decay)
    {
        _weights = weights;
        _decay = decay;
        using var gradientsOff = no_grad();
        _average = [.. weights.Select(w => w.detach().clone().DetachFromDisposeScope())];
    }

    public void Update()
    {
        _steps++;
        var decay = Math.Min(_decay, (1.0 + _steps) / (10 + _steps));
        using var scope = NewDisposeScope();
        using var gradientsOff = no_grad();
        for (var i = 0; i < _average.Length; i++)
            _average[i].mul_(decay).add_(_weights[i], 1 - decay);
    }

    /// <summary>Puts the average into the network.</summary>
    public void Apply()
    {
        using var scope = NewDisposeScope();
        using var gradientsOff = no_grad();
        for (var i = 0; i < _average.Length; i++)
            _weights[i].copy_(_average[i]);
    }

    /// <summary>Puts the average into the network and keeps its weights, or the other way round.</summary>
    public void Swap()
    {
        using var scope = NewDisposeScope();
        using var gradientsOff = no_grad();
        for (var i = 0; i < _average.Length; i++)
        {
            var weights = _weights[i].detach().clone();
            _weights[i].copy_(_average[i]);
            _average[i].copy_(weights);
        }
    }

    public IReadOnlyDictionary<string, WeightTensor> Save() => _average
        .Select((average, i) => KeyValuePair.Create($"{i}", ModuleWeights.Weight(average)))
        .Append(KeyValuePair.Create("steps", new WeightTensor([1], [_steps])))
        .ToDictionary();

    /// <exception cref="WeightFormatException">Something is missing or of another shape.</exception>
    public void Load(IReadOnlyDictionary<string, WeightTensor> state)
    {
        using var gradientsOff = no_grad();
        for (var i = 0; i < _average.Length; i++)
            ModuleWeights.Fill(_average[i], state.Require($"{i}", _average[i].shape));
        _steps = (int)state.Require("steps", 1).Values[0];
    }

    public void Dispose()
    {
        foreach (var average in _average)
            average.Dispose();
    }
}
