using Search.MetricLearning.Components;
using Search.MetricLearning.Data;
using Search.MetricLearning.Losses;
using Search.MetricLearning.Memory;
using Search.MetricLearning.Miners;

namespace Search.MetricLearning.Training;

/// <summary>
/// One loss of a recipe with what belongs to it, e.g.
/// <c>{"name": "triplet", "margin": 1, "labels": "piece", "miner": {"name": "semi-hard", "margin": 1}, "memory": {"size": 1024, "warmUp": 100}}</c>.
/// </summary>
public sealed record LossTermOptions : ComponentOptions
{
    /// <summary>Factor in the sum of all terms, above 0.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Which photos it draws together: those of one <c>piece</c>, one <c>category</c>, or one value of an attribute that the training set knows.</summary>
    public string Labels { get; init; } = PhotoLabels.Piece;

    /// <summary>A miner from the <see cref="MinerCatalogue"/>; null takes all pairs or triplets of a batch. For losses over pairs only.</summary>
    public ComponentOptions? Miner { get; init; }

    /// <summary>Compares each batch with earlier ones too; null for none. For losses over pairs only; the triplet loss needs a miner with it.</summary>
    public MemoryOptions? Memory { get; init; }

    internal void AddErrors(string where, List<string> errors)
    {
        if (!(Weight > 0 && double.IsFinite(Weight)))
            errors.Add($"{where}: weight is {Weight}, not above 0");
        if (string.IsNullOrEmpty(Labels))
            errors.Add($"{where}: labels is empty, not piece, category or an attribute");
        if (Memory is not null)
            errors.AddRange(Memory.Errors().Select(error => $"{where}: {error}"));
        if (Miner is not null)
            AddMinerErrors(Miner, $"{where}.miner", errors);
        if (LossCatalogue.Default.TryGet(Name, out var kind))
            AddLossErrors(kind, where, errors);
        else
            errors.Add($"{where}: {LossCatalogue.Default.Unknown(Name)}");
    }

    private static void AddMinerErrors(ComponentOptions miner, string where, List<string> errors)
    {
        if (MinerCatalogue.Default.TryGet(miner.Name, out var kind))
            kind.AddErrors(miner, where, errors);
        else
            errors.Add($"{where}: {MinerCatalogue.Default.Unknown(miner.Name)}");
    }

    private void AddLossErrors(LossKind kind, string where, List<string> errors)
    {
        kind.AddErrors(this, where, errors);
        if (!kind.TakesPairs && (Miner is not null || Memory is not null))
            errors.Add($"{where} ({Name}): is not a loss over pairs and takes neither miner nor memory");
        if (kind.EnumeratesTriplets && Memory is not null && Miner is null)
            errors.Add($"{where} ({Name}): a memory makes too many triplets to take all; choose a miner");
    }
}
