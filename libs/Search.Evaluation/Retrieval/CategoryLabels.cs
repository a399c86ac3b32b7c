namespace Search.Evaluation;

/// <summary>The category of every query and gallery row, for breakdowns; what is relevant does not depend on it.</summary>
public sealed record CategoryLabels
{
    /// <param name="names">Names of the categories.</param>
    /// <param name="ofQueries">An index into <paramref name="names"/> for each query.</param>
    /// <param name="ofGallery">An index into <paramref name="names"/> for each gallery row.</param>
    /// <exception cref="ArgumentException">An index has no name.</exception>
    public CategoryLabels(IReadOnlyList<string> names, IReadOnlyList<int> ofQueries, IReadOnlyList<int> ofGallery)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(ofQueries);
        ArgumentNullException.ThrowIfNull(ofGallery);
        foreach (var index in ofQueries.Concat(ofGallery))
            if ((uint)index >= (uint)names.Count)
                throw new ArgumentException($"There is no category {index} among {names.Count}.", nameof(names));
        (Names, OfQueries, OfGallery) = (names, ofQueries, ofGallery);
    }

    public IReadOnlyList<string> Names { get; }

    public IReadOnlyList<int> OfQueries { get; }

    public IReadOnlyList<int> OfGallery { get; }
}
