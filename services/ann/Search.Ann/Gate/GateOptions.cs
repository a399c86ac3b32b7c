using System.ComponentModel.DataAnnotations;
using Search.Evaluation.Gate;

namespace Search.Ann.Gate;

/// <summary>
/// Configuration section <c>Gate</c>: what a model has to show on the catalogue before it may answer searches in another one's place. Every error is reported at start.
/// </summary>
public sealed class GateOptions
{
    public const string Section = "Gate";

    /// <summary>
    /// What both models are held against each other by, separated by commas: a question and a measure. Questions: <c>category</c> (does an item find others of its category?) and <c>piece</c> (does one
    /// picture of an item find its other pictures?). Measures: mAP, R@1, P@10, MRR, R-precision, nDCG@10 and the like. Every one of them has to pass. Default <c>category mAP, piece R@1</c>.
    /// </summary>
    [Required]
    public string Metrics { get; set; } = "category mAP, piece R@1";

    /// <summary>Least mean gain of each metric. Default 0: not worse on average.</summary>
    [Range(-1.0, 1.0)]
    public double Margin { get; set; }

    /// <summary>
    /// How far below 0 the lower end of a gain's 95 % interval may lie, and the share of pictures that the candidate may fail to embed. Default 0.02. Less asks for more certainty, which takes more items.
    /// </summary>
    [Range(0.0, 1.0)]
    public double Tolerance { get; set; } = 0.02;

    /// <summary>Loss of one category that is borne; a larger one refuses the candidate if it is no accident (its whole interval is below 0). Default 0.02.</summary>
    [Range(0.0, 1.0)]
    public double CategoryTolerance { get; set; } = 0.02;

    /// <summary>Items that must be asked about for a metric to be judged. Default 30.</summary>
    [Range(2, 1_000_000)]
    public int MinQueries { get; set; } = 30;

    /// <summary>Items that must be asked about for a category to be held against the candidate. Default 10.</summary>
    [Range(2, 1_000_000)]
    public int MinCategoryQueries { get; set; } = 10;

    /// <summary>
    /// What becomes of a candidate when no metric can be judged, because the catalogue is small, has one category, or one picture an item. Refuse, the default: somebody has to decide, by force and with a
    /// reason, or by a verdict on photos. Allow: for catalogues that stay small.
    /// </summary>
    [EnumDataType(typeof(UndecidedPolicy))]
    public UndecidedPolicy WhenUndecided { get; set; } = UndecidedPolicy.Refuse;

    /// <summary>Items that are asked about, at most; the same ones each time. Default 1,000.</summary>
    [Range(1, 100_000)]
    public int MaxQueries { get; set; } = 1_000;

    /// <summary>Items among which is searched, at most; the same ones each time. Default 20,000. With both defaults a verdict takes about 10 seconds of one processor.</summary>
    [Range(2, 1_000_000)]
    public int MaxItems { get; set; } = 20_000;

    /// <summary>Queries times items. The defaults make 20 million in 10 seconds, and a verdict is waited for for 5 minutes.</summary>
    internal const long MostComparisons = 500_000_000;

    internal GatePolicy Policy => new()
    {
        Margin = Margin, Tolerance = Tolerance, CategoryTolerance = CategoryTolerance, MinQueries = MinQueries, MinCategoryQueries = MinCategoryQueries,
    };
}

/// <summary>What becomes of a candidate that could not be judged.</summary>
public enum UndecidedPolicy
{
    Refuse = 0,
    Allow = 1,
}
