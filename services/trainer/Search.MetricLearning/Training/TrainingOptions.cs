using Search.MetricLearning.Augmentation;

namespace Search.MetricLearning.Training;

/// <summary>The whole recipe. Written into the model's card: with the same data, weights and options training gives the same model on the same kind of machine.</summary>
public sealed record TrainingOptions
{
    /// <summary>Seeds batches, views and the head's first weights.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Length of the embedding.</summary>
    public int Dimension { get; init; } = 128;

    /// <summary>Lower blocks that the first stage leaves alone, 1 to 18; their output is computed once a view and kept.</summary>
    public int FrozenBlocks { get; init; } = 14;

    /// <summary>Kept views of each photo for the first stage, at least 2. Costs side² x 0.75 bytes each at 14 frozen blocks.</summary>
    public int KeptViews { get; init; } = 6;

    /// <summary>Top blocks and head on kept features: cheap, and the random head no longer disturbs the lower blocks afterwards.</summary>
    public StageOptions Top { get; init; } = new()
    {
        Steps = 400, Side = 160, PiecesPerCategory = 8, LearningRate = 5e-4, HeadLearningRate = 2e-3,
    };

    /// <summary>All weights, end to end, on fresh views.</summary>
    public StageOptions Whole { get; init; } = new()
    {
        Steps = 300, Side = 160, PiecesPerCategory = 4, LearningRate = 1e-4, HeadLearningRate = 5e-4,
    };

    /// <summary>Temperature of the category term.</summary>
    public double CategoryTemperature { get; init; } = 0.1;

    /// <summary>Temperature of the instance term.</summary>
    public double InstanceTemperature { get; init; } = 0.1;

    /// <summary>Share of the instance term in the loss, 0 to 1.</summary>
    public double InstanceWeight { get; init; } = 0.3;

    /// <summary>AdamW's decoupled weight decay.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>Largest gradient norm; a longer gradient is shortened to it.</summary>
    public double GradientNorm { get; init; } = 5;

    /// <summary>Decay of the averaged weights a step, 0 to 1; 0 takes the last step's weights.</summary>
    public double AverageDecay { get; init; } = 0.99;

    /// <summary>What a view may look like.</summary>
    public AugmentationOptions Augmentation { get; init; } = new();
}
