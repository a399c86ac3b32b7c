using Search.MetricLearning.Models;

namespace Search.MetricLearning.Training;

/// <summary>One of several stages: which blocks it trains, and how. Few open blocks first, then more, is gradual unfreezing (Howard and Ruder, 2018).</summary>
public sealed record UnfreezingStageOptions : StageOptions
{
    /// <summary>Lower blocks that this stage leaves alone, 0 to 18.</summary>
    public int FrozenBlocks { get; init; }

    /// <summary>Views of each photo for which the frozen blocks' output is computed once and kept, at least 2; 0 shows fresh views in every step.</summary>
    public int KeptViews { get; init; }

    internal void AddErrors(string stage, IReadOnlyList<int>? scales, List<string> errors)
    {
        base.AddErrors(stage, errors);
        if (FrozenBlocks is < 0 or >= MobileNetV2.BlockCount)
            errors.Add($"{stage}.frozenBlocks is {FrozenBlocks}, not 0 to {MobileNetV2.BlockCount - 1}");
        if (KeptViews is < 0 or 1)
            errors.Add($"{stage}.keptViews is {KeptViews}, not 0 or at least 2");
        if (KeptViews > 0 && FrozenBlocks == 0)
            errors.Add($"{stage}.keptViews is {KeptViews}, but no block is frozen whose output could be kept");
        if (scales?.Any(block => block < FrozenBlocks - 1) == true)
            errors.Add($"network.scales has a block below {FrozenBlocks - 1}, whose output is lost while {stage} freezes {FrozenBlocks} blocks");
    }
}
