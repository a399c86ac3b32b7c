using Search.MetricLearning.Components;
using Search.MetricLearning.Pairs;
using Search.MetricLearning.Reducers;
using static TorchSharp.torch;

namespace Search.MetricLearning.Losses;

/// <summary>A loss over pairs that is a softmax over similarities. This base has the temperature.</summary>
public abstract class TemperatureLoss : PairLoss
{
    private readonly double _temperature;

    /// <exception cref="ArgumentException">A parameter is out of range.</exception>
    protected TemperatureLoss(string name, TemperatureParameters parameters) : base(name, ReducerCatalogue.Default[parameters.Reducer])
    {
        ((IComponentParameters)parameters).Require();
        _temperature = parameters.Temperature;
    }

    /// <summary>The similarities of a batch divided by the temperature [N, M].</summary>
    protected Tensor Logits(PairBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return batch.Similarities() / _temperature;
    }
}
