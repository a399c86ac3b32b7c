using Search.MetricLearning.Models;
using Search.MetricLearning.Weights;

namespace Search.MetricLearning.Training.Validation;

/// <summary>The best weights of one stage so far, and whether it is time to end it.</summary>
internal sealed class EarlyStopping(ValidationOptions options, ValidationPhotos photos, ScheduledStage stage)
{
    /// <summary>Less is rounding: a share of n photos grows by 1/n.</summary>
    private const double SmallestGain = 1e-6;

    private IReadOnlyDictionary<string, WeightTensor> _best = new Dictionary<string, WeightTensor>();
    private double _bestScore = double.NegativeInfinity;
    private int _sinceBest;

    public bool IsDue(int step) => step % options.Every == 0 || step == stage.Options.Steps;

    public bool IsOver => _sinceBest >= options.Patience;

    /// <param name="network">As it would be used, and kept if it is the best so far.</param>
    public ValidationScore Measure(MobileNetV2 network)
    {
        var score = photos.Measure(network, stage.Options.Side);
        if (score.Mean > _bestScore + SmallestGain)
            (_best, _bestScore, _sinceBest) = (network.Save(), score.Mean, 0);
        else
            _sinceBest++;
        return score;
    }

    /// <summary>Puts the best weights into the network.</summary>
    public void Apply(MobileNetV2 network) => network.Load(_best);

    public IReadOnlyDictionary<string, WeightTensor> Save()
    {
        var state = new Dictionary<string, WeightTensor>
        {
            ["score"] = new([1], [(float)_bestScore]),
            ["since"] = new([1], [_sinceBest]),
        };
        state.AddUnder("best.", _best);
        return state;
    }

    /// <exception cref="WeightFormatException">Something is missing.</exception>
    public void Load(IReadOnlyDictionary<string, WeightTensor> state)
    {
        _best = state.Under("best.");
        _bestScore = state.Require("score", 1).Values[0];
        _sinceBest = (int)state.Require("since", 1).Values[0];
    }
}
