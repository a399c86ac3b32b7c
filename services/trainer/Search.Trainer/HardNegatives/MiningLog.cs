using System.Text.Json.Nodes;
using Search.MetricLearning.HardNegatives;

namespace Search.Trainer.HardNegatives;

/// <summary>What the rounds of a run found, for the console and the model's card.</summary>
internal sealed class MiningLog
{
    private readonly List<JsonObject> _rounds = [];

    public void Add(HardNegativeSet found)
    {
        ArgumentNullException.ThrowIfNull(found);
        var kept = found.ByPhoto.Sum(negatives => negatives.Count);
        var cosine = found.ByPhoto.Where(negatives => negatives.Count > 0).Select(negatives => (double)negatives[0].Score).DefaultIfEmpty(0).Average();
        _rounds.Add(new JsonObject
        {
            ["kept"] = kept,
            ["meanCosineOfHardest"] = Math.Round(cosine, 4),
            ["hardNegatives"] = found.Verdicts.GetValueOrDefault(NeighbourVerdict.HardNegative),
            ["samePiece"] = found.Verdicts.GetValueOrDefault(NeighbourVerdict.SamePiece),
            ["nearDuplicates"] = found.Verdicts.GetValueOrDefault(NeighbourVerdict.NearDuplicate),
            ["likelyFalseNegatives"] = found.Verdicts.GetValueOrDefault(NeighbourVerdict.LikelyFalseNegative),
        });
        Console.WriteLine(FormattableString.Invariant($"hard negatives: {kept} for {found.ByPhoto.Count} photos, the hardest at cosine {cosine:F3} on average"));
    }

    /// <summary>One entry a round.</summary>
    public JsonArray ToJson() => [.. _rounds.Select(round => round.DeepClone())];
}
