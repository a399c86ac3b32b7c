using Search.MetricLearning.HardNegatives;
using Search.MetricLearning.Weights;

namespace Search.MetricLearning.Training;

/// <summary>What all rounds of mining of a run found: batches were drawn by it, so that a resumed run needs it to draw them again.</summary>
internal sealed class MiningHistory
{
    private readonly List<(int Stage, HardNegativeSet Found)> _rounds = [];

    public void Add(int stage, HardNegativeSet found) => _rounds.Add((stage, found));

    public IReadOnlyList<HardNegativeSet> Where(Predicate<int> stage) => [.. _rounds.Where(round => stage(round.Stage)).Select(round => round.Found)];

    public IReadOnlyDictionary<string, WeightTensor> Save()
    {
        var state = new Dictionary<string, WeightTensor> { ["stages"] = new([_rounds.Count], [.. _rounds.Select(round => (float)round.Stage)]) };
        for (var i = 0; i < _rounds.Count; i++)
            state.AddUnder($"{i}.", _rounds[i].Found.Save());
        return state;
    }

    /// <exception cref="WeightFormatException">Something is missing or does not fit.</exception>
    public void Load(IReadOnlyDictionary<string, WeightTensor> state, int photos)
    {
        if (!state.TryGetValue("stages", out var stages))
            throw new WeightFormatException("There is no 'stages'.");
        for (var i = 0; i < stages.Values.Length; i++)
            Add((int)stages.Values[i], HardNegativeTensors.Load(state.Under($"{i}."), photos));
    }
}
