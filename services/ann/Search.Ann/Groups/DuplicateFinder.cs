using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Search.Contracts;
using Search.Evaluation.Groups;

namespace Search.Ann.Groups;

/// <summary>
/// Near-duplicate groups of items: two items are as alike as the most similar pictures of theirs, and a group is one in which every two are alike and none are known to be distinct. Exact
/// where the index is.
/// </summary>
internal static class DuplicateFinder
{
    /// <summary>More pairs than this say that the threshold is no threshold: everything looks like everything.</summary>
    internal const int MostPairs = 1_000_000;

    private const int FirstK = 16;

    // Equal vectors may miss a cosine of 1 by rounding.
    private const float AsGoodAsEqual = 1 - 1e-6f;

    /// <param name="threshold">Least cosine of two in a group.</param>
    /// <exception cref="ServiceProblemException">422: the threshold is too low for this catalogue.</exception>
    public static async IAsyncEnumerable<GroupLine> FindAsync(CatalogueVectors catalogue, float threshold, [EnumeratorCancellation] CancellationToken cancellation)
    {
        threshold = Math.Min(threshold, AsGoodAsEqual);
        var original = Originals(catalogue);
        var alike = new Dictionary<(int A, int B), AlikePictures>();
        for (var picture = 0; picture < catalogue.Pictures.Count; picture++)
        {
            yield return new GroupLine { Progress = new GroupProgress("pairs", picture, catalogue.Pictures.Count) };
            var item = catalogue.Pictures[picture].Item;
            if (original[item] != item) continue;
            foreach (var (other, similarity) in await AboveAsync(catalogue, picture, threshold, cancellation))
            {
                var otherItem = catalogue.Pictures[other].Item;
                if (otherItem == item || original[otherItem] != otherItem) continue;
                var (pair, pictures) = item < otherItem ? ((item, otherItem), new AlikePictures(picture, other, similarity)) : ((otherItem, item), new AlikePictures(other, picture, similarity));
                ref var best = ref CollectionsMarshal.GetValueRefOrAddDefault(alike, pair, out var known);
                if (!known || similarity > best.Similarity) best = pictures;
            }
            if (alike.Count > MostPairs)
            {
                throw new ServiceProblemException(new ServiceProblem(
                    422, "threshold-too-low", "Threshold too low", $"More than {MostPairs:N0} pairs of items are alike at {threshold}; raise the threshold."));
            }
        }
        var groups = CompleteLinkage.Group(catalogue.Items.Count, alike.Select(pair => new SimilarPair(pair.Key.A, pair.Key.B, pair.Value.Similarity)), catalogue.Apart);
        foreach (var group in WithCopies(groups, original).OrderByDescending(group => group.Length).ThenBy(group => group[0]))
            yield return new GroupLine { Duplicates = Describe(catalogue, group, original, alike) };
    }

    /// <summary>
    /// For each item the first with the very same picture, itself where there is none. Items of one picture alone, and without a verdict: such copies are like everything else to the bit, so
    /// they go where the first goes. A placeholder that ten thousand items show would otherwise be fifty million pairs.
    /// </summary>
    private static int[] Originals(CatalogueVectors catalogue)
    {
        var judged = catalogue.Apart.SelectMany(pair => new[] { pair.A, pair.B }).ToHashSet();
        var originals = new int[catalogue.Items.Count];
        var seen = new Dictionary<(string Content, float First), List<int>>();
        for (var item = 0; item < originals.Length; item++)
        {
            originals[item] = item;
            if (catalogue.Items[item].Pictures is not [var picture] || judged.Contains(item)) continue;
            var (hash, vector) = (catalogue.Pictures[picture].ContentHash, catalogue.Pictures[picture].Vector);
            ref var same = ref CollectionsMarshal.GetValueRefOrAddDefault(seen, (hash, vector[0]), out _);
            // Equal bytes but another vector: made by another version of the arithmetic.
            var first = same?.FindIndex(other => Vector(other).SequenceEqual(vector)) ?? -1;
            if (first >= 0) originals[item] = same![first];
            else (same ??= []).Add(item);
        }
        return originals;

        ReadOnlySpan<float> Vector(int item) => catalogue.Pictures[catalogue.Items[item].Pictures[0]].Vector;
    }

    /// <summary>Every picture at or above the threshold: asks for more until the last is below.</summary>
    private static async ValueTask<List<(int Picture, float Similarity)>> AboveAsync(CatalogueVectors catalogue, int picture, float threshold, CancellationToken cancellation)
    {
        for (var k = FirstK; ; k *= 4)
        {
            cancellation.ThrowIfCancellationRequested();
            var (found, exhausted, last) = await catalogue.SearchAsync(picture, k, cancellation);
            if (!exhausted && last >= threshold) continue;
            found.RemoveAll(other => !(other.Similarity >= threshold));
            return found;
        }
    }

    private static IEnumerable<int[]> WithCopies(IReadOnlyList<int[]> groups, int[] original)
    {
        var copies = original.Index().Where(item => item.Item != item.Index).ToLookup(item => item.Item, item => item.Index);
        var grouped = groups.SelectMany(group => group).ToHashSet();
        return groups.Concat(copies.Select(copy => copy.Key).Where(item => !grouped.Contains(item)).Select(item => new[] { item }))
            .Select(group => group.Concat(group.SelectMany(item => copies[item])).Order().ToArray());
    }

    private static DuplicateGroup Describe(CatalogueVectors catalogue, int[] group, int[] original, Dictionary<(int A, int B), AlikePictures> alike)
    {
        int[] originals = [.. group.Where(item => original[item] == item)];
        var (least, most) = (1f, originals.Length < group.Length ? 1f : -1f);
        // Of each item the picture that is most like one of another's.
        var shown = new Dictionary<int, (int Picture, float Similarity)>();
        for (var i = 0; i < originals.Length; i++)
        {
            for (var j = i + 1; j < originals.Length; j++)
            {
                var pair = alike[(originals[i], originals[j])];
                (least, most) = (Math.Min(least, pair.Similarity), Math.Max(most, pair.Similarity));
                Show(originals[i], pair.A, pair.Similarity);
                Show(originals[j], pair.B, pair.Similarity);
            }
        }
        int[] pictures = [.. group.Select(item => shown.TryGetValue(item, out var best) ? best.Picture : catalogue.Items[item].Pictures[0])];
        return new DuplicateGroup(
            least, most, pictures.Select(picture => catalogue.Pictures[picture].ContentHash).Distinct(StringComparer.Ordinal).Count() == 1,
            [.. group.Zip(pictures, catalogue.Show)]);

        void Show(int item, int picture, float similarity)
        {
            if (!shown.TryGetValue(item, out var best) || similarity > best.Similarity) shown[item] = (picture, similarity);
        }
    }

    /// <param name="A">Picture of the pair's first item.</param>
    /// <param name="B">Picture of its second.</param>
    private readonly record struct AlikePictures(int A, int B, float Similarity);
}
