using Search.MetricLearning.Augmentation;
using Search.MetricLearning.HardNegatives;
using Search.MetricLearning.Models;
using Search.MetricLearning.Training.Validation;

namespace Search.MetricLearning.Training;

/// <summary>The whole recipe. Written into the model's card: with the same data, weights and options training gives the same model on the same kind of machine.</summary>
public sealed record TrainingOptions
{
    /// <summary>Seeds batches, views and the head's first weights.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Which network, and how its features become an embedding.</summary>
    public NetworkOptions Network { get; init; } = new();

    /// <summary>Lower blocks that the first stage leaves alone, 1 to 18; their output is computed once a view and kept.</summary>
    public int FrozenBlocks { get; init; } = 14;

    /// <summary>Kept views of each photo for the first stage, at least 2. Costs side² x 0.75 bytes each at 14 frozen blocks.</summary>
    public int KeptViews { get; init; } = 6;

    /// <summary>Top blocks and head on kept features: cheap, and the random head no longer disturbs the lower blocks afterwards.</summary>
    public StageOptions Top { get; init; } = new()
    {
        Steps = 200, Side = 224, PiecesPerCategory = 8, LearningRate = 5e-4, HeadLearningRate = 2e-3,
    };

    /// <summary>All weights, end to end, on fresh views.</summary>
    public StageOptions Whole { get; init; } = new()
    {
        Steps = 400, Side = 224, PiecesPerCategory = 6, LearningRate = 4e-4, HeadLearningRate = 8e-4,
    };

    /// <summary>The stages in turn. Empty, the default, takes the two above; with any, <see cref="Top"/>, <see cref="Whole"/>, <see cref="FrozenBlocks"/> and <see cref="KeptViews"/> are not used.</summary>
    public IReadOnlyList<UnfreezingStageOptions> Stages { get; init; } = [];

    /// <summary>
    /// The losses, added by weight. None, the default, takes two supervised contrastive terms with the two temperatures and the weight
    /// below, one over categories and one over pieces; with any, those three are not used.
    /// </summary>
    public IReadOnlyList<LossTermOptions> Losses { get; init; } = [];

    /// <summary>Terms that spread the embeddings whatever their labels.</summary>
    public IReadOnlyList<RegulariserTermOptions> Regularisers { get; init; } = [];

    /// <summary>Peak learning rate of vectors that a loss itself learns, e.g. proxies. They start at random and see few gradients each, so a hundred times the network's is usual.</summary>
    public double LossLearningRate { get; init; } = 0.01;

    /// <summary>Fills part of each batch with what the model gets wrong; null, the default, does not.</summary>
    public HardNegativeOptions? HardNegatives { get; init; }

    /// <summary>Temperature of the category term.</summary>
    public double CategoryTemperature { get; init; } = 0.1;

    /// <summary>Temperature of the instance term.</summary>
    public double InstanceTemperature { get; init; } = 0.07;

    /// <summary>
    /// Share of the instance term in the loss, 0 to 1. At 0.3 another view of a piece found it less often than untrained
    /// features did (0.86 against 0.91); at 0.4 to 0.6 more often, at the same category precision.
    /// </summary>
    public double InstanceWeight { get; init; } = 0.4;

    /// <summary>AdamW's decoupled weight decay.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>Largest gradient norm; a longer gradient is shortened to it.</summary>
    public double GradientNorm { get; init; } = 5;

    /// <summary>Decay of the averaged weights a step, 0 to 1; 0 takes the last step's weights.</summary>
    public double AverageDecay { get; init; } = 0.99;

    /// <summary>Sets pieces aside to measure the run on, keeps the best weights and ends stages early; null, the default, does not, and learns from all.</summary>
    public ValidationOptions? Validation { get; init; }

    /// <summary>For categories of a catalogue that is trained on beside the photos, what the photos' folder calls the same thing; the others are categories of their own.</summary>
    public IReadOnlyDictionary<string, string> CatalogueCategories { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Whether the catalogue's other categories are labels, too. If not, its pieces teach what they are made of and how to tell them apart, and no category is
    /// pushed away from its drawn likeness. True by default.
    /// </summary>
    public bool CatalogueTeachesCategories { get; init; } = true;

    /// <summary>What a view may look like.</summary>
    public AugmentationOptions Augmentation { get; init; } = new();

    /// <summary>
    /// What the first of a piece's two views in a batch may look like, where it is to be another than the second: a shop's photo beside a shopper's, as in
    /// a search. Null, the default, makes both as <see cref="Augmentation"/> says.
    /// </summary>
    public AugmentationOptions? FirstView { get; init; }

    /// <summary>
    /// Share of pairs, 0 to 1, both of whose views are mirrored left to right, as if there were a mirrored piece. Stages that keep views do not mirror:
    /// two kept views are paired anew each time.
    /// </summary>
    public double MirroredPairs { get; init; }

    /// <summary>
    /// How much more a batch takes of large categories of the photos: numbers of pieces go by the category's size to this power, 0 to 1, and the largest
    /// category has what its stage says. 0, the default, takes the same of all, 1 as they come; 0.5 is between (square-root sampling; Mahajan et al., 2018).
    /// </summary>
    public double CategorySizeExponent { get; init; }

    /// <summary>Pieces that a batch takes of each category of a catalogue, as a share of those of a category of the photos, above 0 to 1; at least one piece is taken.</summary>
    public double CatalogueShare { get; init; } = 1;

    /// <exception cref="ArgumentException">Names every option that is out of range, with its value.</exception>
    public void Validate()
    {
        List<string> errors = [];
        void Require(bool holds, string what)
        {
            if (!holds)
                errors.Add(what);
        }

        Require(FrozenBlocks is >= 1 and < MobileNetV2.BlockCount, $"frozenBlocks is {FrozenBlocks}, not 1 to {MobileNetV2.BlockCount - 1}");
        Require(Top.Steps == 0 || Stages is not { Count: 0 } || Network.Scales is null || Network.Scales.All(block => block >= FrozenBlocks - 1),
            $"network.scales has a block below {FrozenBlocks - 1}, whose output is not kept while {FrozenBlocks} blocks are frozen");
        Require(KeptViews >= 2, $"keptViews is {KeptViews}, not at least 2");
        Require(CategoryTemperature > 0, $"categoryTemperature is {CategoryTemperature}, not above 0");
        Require(InstanceTemperature > 0, $"instanceTemperature is {InstanceTemperature}, not above 0");
        Require(InstanceWeight is >= 0 and <= 1, $"instanceWeight is {InstanceWeight}, not 0 to 1");
        Require(LossLearningRate > 0, $"lossLearningRate is {LossLearningRate}, not above 0");
        Require(WeightDecay >= 0, $"weightDecay is {WeightDecay}, not at least 0");
        Require(GradientNorm > 0, $"gradientNorm is {GradientNorm}, not above 0");
        Require(AverageDecay is >= 0 and < 1, $"averageDecay is {AverageDecay}, not 0 to below 1");
        Network.AddErrors("network", errors);
        AddErrors("losses", Losses, (term, where) => term.AddErrors(where, errors), errors);
        AddErrors("regularisers", Regularisers, (term, where) => term.AddErrors(where, errors), errors);
        HardNegatives?.AddErrors(errors);
        Validation?.AddErrors(errors);
        Top.AddErrors("top", errors);
        Whole.AddErrors("whole", errors);
        AddErrors("stages", Stages, (stage, where) => stage.AddErrors(where, Network.Scales, errors), errors);
        Augmentation.AddErrors("augmentation", errors);
        FirstView?.AddErrors("firstView", errors);
        Require(FirstView is null || (Stages is { Count: > 0 } ? Stages.All(stage => stage is null || stage.KeptViews % 2 == 0) : KeptViews % 2 == 0), "keptViews is odd, and firstView needs as many first views as second ones");
        Require(MirroredPairs is >= 0 and <= 1, $"mirroredPairs is {MirroredPairs}, not 0 to 1");
        Require(CategorySizeExponent is >= 0 and <= 1, $"categorySizeExponent is {CategorySizeExponent}, not 0 to 1");
        Require(CatalogueShare is > 0 and <= 1, $"catalogueShare is {CatalogueShare}, not above 0 to 1");
        if (errors.Count > 0)
            throw new ArgumentException($"Invalid training options: {string.Join("; ", errors)}.");
    }

    /// <summary>Side of the largest views, pixels.</summary>
    public int LargestSide() => Schedule().Max(stage => stage.Options.Side);

    /// <summary>The stages that are used: those listed, or the two of the default recipe.</summary>
    internal IReadOnlyList<ScheduledStage> Schedule() => Stages.Count == 0
        ? [new(0, "top blocks", FrozenBlocks, KeptViews, Top), new(1, "all blocks", 0, 0, Whole)]
        : [.. Stages.Select((stage, i) => new ScheduledStage(i, $"{i + 1}: {(stage.FrozenBlocks == 0 ? "all blocks" : $"blocks {stage.FrozenBlocks}+")}", stage.FrozenBlocks, stage.KeptViews, stage))];

    /// <summary>The losses that are used: those named, or the default ones.</summary>
    internal IReadOnlyList<LossTermOptions> LossTerms() =>
        Losses.Count > 0 ? Losses : HierarchicalContrastive.Terms(CategoryTemperature, InstanceTemperature, InstanceWeight);

    /// <summary>A recipe's JSON may hold null where a list or one of its entries should be.</summary>
    private static void AddErrors<T>(string list, IReadOnlyList<T?>? terms, Action<T, string> add, List<string> errors)
        where T : class
    {
        if (terms is null)
            errors.Add($"{list} is null, not a list");
        for (var i = 0; i < (terms?.Count ?? 0); i++)
            if (terms![i] is { } term)
                add(term, $"{list}[{i}]");
            else
                errors.Add($"{list}[{i}] is null");
    }
}
