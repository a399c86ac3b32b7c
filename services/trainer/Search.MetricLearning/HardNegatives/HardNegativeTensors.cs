using Search.MetricLearning.Weights;
using Search.Vectors;

namespace Search.MetricLearning.HardNegatives;

/// <summary>A round of mining as tensors, for a run that is to go on later.</summary>
internal static class HardNegativeTensors
{
    public static IReadOnlyDictionary<string, WeightTensor> Save(this HardNegativeSet found)
    {
        ScoredId[] all = [.. found.ByPhoto.SelectMany(negatives => negatives)];
        var verdicts = Enum.GetValues<NeighbourVerdict>();
        // Photo numbers are below 2²⁴, which a float holds exactly: a set of so many pictures does not fit the memory.
        return new Dictionary<string, WeightTensor>
        {
            ["counts"] = Row([.. found.ByPhoto.Select(negatives => (float)negatives.Count)]),
            ["ids"] = Row([.. all.Select(negative => (float)negative.Id)]),
            ["scores"] = Row([.. all.Select(negative => negative.Score)]),
            ["verdicts"] = Row([.. verdicts.Select(verdict => (float)found.Verdicts[verdict])]),
        };
    }

    /// <exception cref="WeightFormatException">Something is missing or does not fit <paramref name="photos"/> photos.</exception>
    public static HardNegativeSet Load(IReadOnlyDictionary<string, WeightTensor> state, int photos)
    {
        var verdicts = Enum.GetValues<NeighbourVerdict>();
        var counts = state.Require("counts", photos).Values;
        var kept = counts.Sum(count => (long)count);
        var (ids, scores) = (state.Require("ids", kept).Values, state.Require("scores", kept).Values);
        if (counts.Any(count => count < 0) || ids.Any(id => !(id >= 0 && id < photos)))
            throw new WeightFormatException("A round of mining names photos that there are not.");
        var found = new IReadOnlyList<ScoredId>[photos];
        for (int photo = 0, from = 0; photo < photos; from += (int)counts[photo++])
            found[photo] = [.. Enumerable.Range(from, (int)counts[photo]).Select(i => new ScoredId((long)ids[i], scores[i]))];
        var judged = state.Require("verdicts", verdicts.Length).Values;
        return new HardNegativeSet(found, verdicts.Select((verdict, i) => (verdict, (int)judged[i])).ToDictionary());
    }

    private static WeightTensor Row(float[] values) => new([values.Length], values);
}
