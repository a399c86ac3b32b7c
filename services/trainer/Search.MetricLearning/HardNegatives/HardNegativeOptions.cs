namespace Search.MetricLearning.HardNegatives;

/// <summary>How a run looks for what its model gets wrong, and how much of a batch that fills.</summary>
public sealed record HardNegativeOptions
{
    /// <summary>Steps from one round of mining to the next, at least 1. A round embeds every photo twice, without a backward pass.</summary>
    public int Every { get; init; } = 100;

    /// <summary>Name of the index that finds neighbours; the trainer's host knows which there are.</summary>
    public string Index { get; init; } = "hnsw";

    /// <summary>Neighbours looked at for each photo, at least 1. Most are of the photo's own piece or are left out.</summary>
    public int Neighbours { get; init; } = 64;

    /// <summary>Hard negatives kept for each photo, at least 1, each of another piece.</summary>
    public int PerPhoto { get; init; } = 8;

    /// <summary>Share of a batch's pieces that are hard negatives of the others, 0 to below 1. The others are drawn as ever, so that categories stay balanced.</summary>
    public double Share { get; init; } = 0.5;

    /// <summary>Photos whose perceptual hashes differ in no more bits may be copies, 0 to 64: never negatives of each other.</summary>
    public int DuplicateHashDistance { get; init; } = 6;

    /// <summary>
    /// Photos whose features of the untrained network have at least this cosine may show one piece, in [-1, 1]. Not the trained model's: that
    /// two are near in its embedding is exactly what is to be corrected.
    /// </summary>
    public double DuplicateCosine { get; init; } = 0.94;

    /// <summary>Photos of one file name (without view numbers and sizes) whose hashes differ in no more bits may be one series of shots, 0 to 64.</summary>
    public int SeriesHashDistance { get; init; } = 16;

    /// <summary>
    /// A neighbour nearer than the photo's own nearest positive by more than this cosine is taken for the same design under another label,
    /// at least 0: a likely false negative.
    /// </summary>
    public double FalseNegativeMargin { get; init; } = 0.05;

    /// <summary>
    /// Positives count as at least this near, in [-1, 1]: where a photo's positives are badly placed, which is what training is to repair, its
    /// neighbours are not to be taken for false negatives.
    /// </summary>
    public double FalseNegativeFloor { get; init; } = 0.8;

    internal void AddErrors(List<string> errors)
    {
        void Require(bool holds, string what)
        {
            if (!holds)
                errors.Add($"hardNegatives.{what}");
        }

        Require(Every >= 1, $"every is {Every}, not at least 1");
        Require(!string.IsNullOrWhiteSpace(Index), "index names none");
        Require(Neighbours >= 1, $"neighbours is {Neighbours}, not at least 1");
        Require(PerPhoto >= 1, $"perPhoto is {PerPhoto}, not at least 1");
        Require(Share is >= 0 and < 1, $"share is {Share}, not 0 to below 1");
        Require(DuplicateHashDistance is >= 0 and <= 64, $"duplicateHashDistance is {DuplicateHashDistance}, not 0 to 64");
        Require(DuplicateCosine is >= -1 and <= 1, $"duplicateCosine is {DuplicateCosine}, not -1 to 1");
        Require(SeriesHashDistance is >= 0 and <= 64, $"seriesHashDistance is {SeriesHashDistance}, not 0 to 64");
        Require(FalseNegativeFloor is >= -1 and <= 1, $"falseNegativeFloor is {FalseNegativeFloor}, not -1 to 1");
        Require(FalseNegativeMargin >= 0, $"falseNegativeMargin is {FalseNegativeMargin}, not at least 0");
    }
}
