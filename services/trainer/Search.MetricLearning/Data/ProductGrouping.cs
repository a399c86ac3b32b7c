using Search.Imaging;
using Search.Vectors;

namespace Search.MetricLearning.Data;

/// <summary>
/// Joins photos of one piece: the same bytes, nearly the same picture, the same file name but for a view number, or
/// nearly the same features. Joining is transitive and crosses categories, so that a mislabelled copy cannot leak either.
/// </summary>
public static class ProductGrouping
{
    /// <summary>The group of each photo: the index of the group's first photo.</summary>
    /// <exception cref="ArgumentException">Feature lengths differ.</exception>
    public static IReadOnlyList<int> Group(IReadOnlyList<PhotoEvidence> photos, GroupingOptions options)
    {
        ArgumentNullException.ThrowIfNull(photos);
        ArgumentNullException.ThrowIfNull(options);
        var sets = new DisjointSets(photos.Count);
        Join(sets, photos, p => p.Photo.ContentHash);
        // A stem is a name within one shop's folder, not across folders.
        Join(sets, photos, p => (Path.GetDirectoryName(p.Photo.Path), FileNameStem.Of(p.Photo.Path)));
        for (var i = 0; i < photos.Count; i++)
            for (var j = i + 1; j < photos.Count; j++)
                if (LookAlike(photos[i], photos[j], options))
                    sets.Union(i, j);
        return [.. Enumerable.Range(0, photos.Count).Select(sets.Find)];
    }

    private static bool LookAlike(PhotoEvidence a, PhotoEvidence b, GroupingOptions options) =>
        PerceptualHash.Distance(a.PerceptualHash, b.PerceptualHash) <= options.MaximumHashDistance
        || VectorKernels.Dot(a.Features.Span, b.Features.Span) >= options.MinimumCosine;

    private static void Join<TKey>(DisjointSets sets, IReadOnlyList<PhotoEvidence> photos, Func<PhotoEvidence, TKey> key)
        where TKey : notnull
    {
        var first = new Dictionary<TKey, int>();
        for (var i = 0; i < photos.Count; i++)
            if (!first.TryAdd(key(photos[i]), i))
                sets.Union(first[key(photos[i])], i);
    }
}
