namespace Search.MetricLearning.Data;

/// <summary>Square pictures in memory with their labels: all that training reads.</summary>
public sealed class TrainingSet
{
    /// <param name="side">Height and width of every picture, at least 1.</param>
    /// <param name="pixels">Side x side x 3 bytes a picture: R, G, B, R, ...</param>
    /// <param name="categories">The category of each, numbered from 0 without gaps, or <see cref="PhotoLabels.Unknown"/>.</param>
    /// <param name="pieces">The piece of jewelry each shows; any numbers.</param>
    /// <param name="strata">What each belongs to when a batch takes equally from everything, e.g. category and source; any numbers. Null for the categories.</param>
    /// <param name="attributes">Labels by attribute, each numbered from 0 without gaps or <see cref="PhotoLabels.Unknown"/>; null for none.</param>
    /// <param name="shares">How many pieces a batch takes of a stratum, as a share of what it takes of others, above 0 to 1; 1 where nothing is said.</param>
    /// <param name="groups">Pieces that may be one, so that none of a group is a negative of another; a piece lies in one group. Null where each is known to be its own.</param>
    /// <exception cref="ArgumentException">Lengths disagree.</exception>
    public TrainingSet(
        int side, IReadOnlyList<byte[]> pixels, IReadOnlyList<int> categories, IReadOnlyList<int> pieces,
        IReadOnlyList<int>? strata = null, IReadOnlyDictionary<string, IReadOnlyList<int>>? attributes = null, IReadOnlyDictionary<int, double>? shares = null,
        IReadOnlyList<int>? groups = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(side, 1);
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentNullException.ThrowIfNull(categories);
        ArgumentNullException.ThrowIfNull(pieces);
        if (pixels.Count != categories.Count || pixels.Count != pieces.Count)
            throw new ArgumentException($"{pixels.Count} pictures, {categories.Count} categories and {pieces.Count} pieces do not fit.");
        Strata = strata ?? categories;
        Shares = shares ?? new Dictionary<int, double>();
        Attributes = attributes ?? new Dictionary<string, IReadOnlyList<int>>();
        Groups = groups ?? pieces;
        if (Strata.Count != pixels.Count || Groups.Count != pixels.Count || Attributes.Values.Any(values => values.Count != pixels.Count))
            throw new ArgumentException($"Strata, groups or an attribute do not fit {pixels.Count} pictures.", nameof(strata));
        if (pixels.FirstOrDefault(p => p.Length != 3 * side * side) is { } wrong)
            throw new ArgumentException($"A picture has {wrong.Length} bytes, not 3 x {side} x {side}.", nameof(pixels));
        Side = side;
        Pixels = pixels;
        Categories = categories;
        Pieces = pieces;
    }

    public int Side { get; }

    public IReadOnlyList<byte[]> Pixels { get; }

    public IReadOnlyList<int> Categories { get; }

    public IReadOnlyList<int> Pieces { get; }

    public IReadOnlyList<int> Strata { get; }

    public IReadOnlyDictionary<int, double> Shares { get; }

    public IReadOnlyList<int> Groups { get; }

    public IReadOnlyDictionary<string, IReadOnlyList<int>> Attributes { get; }

    public int Count => Pixels.Count;
}
