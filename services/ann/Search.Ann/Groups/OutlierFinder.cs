using System.Runtime.CompilerServices;
using Search.Evaluation.Groups;

namespace Search.Ann.Groups;

/// <summary>Items whose nearest are mostly filed elsewhere, and items that are like nothing else.</summary>
internal static class OutlierFinder
{
    /// <summary>From this factor on an item counts as lonely. Inside of a cluster factors are 1 give or take a tenth.</summary>
    internal const double LonelyFactor = 1.5;

    /// <param name="k">Neighbours that are asked.</param>
    /// <param name="limit">Items reported at most, the most conspicuous first.</param>
    /// <param name="category">Only items of this category are reported; null for all. The neighbours are of any.</param>
    public static async IAsyncEnumerable<GroupLine> FindAsync(
        CatalogueVectors catalogue, int k, int limit, string? category, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var neighbours = new Neighbour[catalogue.Items.Count][];
        var shown = new Dictionary<int, int>[catalogue.Items.Count];
        for (var item = 0; item < neighbours.Length; item++)
        {
            yield return new GroupLine { Progress = new GroupProgress("neighbours", item, neighbours.Length) };
            (neighbours[item], shown[item]) = await NearestAsync(catalogue, item, k, cancellation);
        }
        var factors = LocalOutlierFactor.Of(neighbours);
        var (labels, names) = CategoryNumbers.Of(catalogue.Items.Select(item => item.Category));
        var found = new List<(int Item, double Score, LabelVote Vote)>();
        for (var item = 0; item < neighbours.Length; item++)
        {
            if (category is not null && !string.Equals(catalogue.Items[item].Category, category, StringComparison.OrdinalIgnoreCase)) continue;
            var vote = LabelVote.Of(labels[item], neighbours[item], labels);
            var misfiled = vote.Label != labels[item];
            if (misfiled || factors[item] >= LonelyFactor)
                found.Add((item, (misfiled ? vote.Disagreement : 0) + Math.Max(0, 1 - 1 / factors[item]), vote));
        }
        foreach (var (item, score, vote) in found.OrderByDescending(outlier => outlier.Score).ThenBy(outlier => outlier.Item).Take(limit))
        {
            yield return new GroupLine
            {
                Outlier = new OutlierItem(
                    score, vote.Label == labels[item] ? null : names[vote.Label], vote.Disagreement, factors[item],
                    catalogue.Show(item, catalogue.Items[item].Pictures[0]),
                    [.. neighbours[item].Select(neighbour => new SimilarItem(neighbour.Similarity, catalogue.Show(neighbour.Index, shown[item][neighbour.Index])))]),
            };
        }
    }

    /// <summary>The other items most similar to an item, each by the two most similar pictures, and which picture of theirs that is: one with many pictures has one voice.</summary>
    private static async ValueTask<(Neighbour[] Nearest, Dictionary<int, int> Pictures)> NearestAsync(CatalogueVectors catalogue, int item, int k, CancellationToken cancellation)
    {
        var best = new Dictionary<int, (float Similarity, int Picture)>();
        foreach (var picture in catalogue.Items[item].Pictures)
        {
            for (var wanted = 2 * k + catalogue.Items[item].Pictures.Count; ; wanted *= 4)
            {
                cancellation.ThrowIfCancellationRequested();
                var (found, exhausted, _) = await catalogue.SearchAsync(picture, wanted, cancellation);
                if (!exhausted && found.Select(other => catalogue.Pictures[other.Picture].Item).Where(other => other != item).Distinct().Count() < k) continue;
                foreach (var (other, similarity) in found)
                {
                    var owner = catalogue.Pictures[other].Item;
                    if (owner != item && (!best.TryGetValue(owner, out var before) || similarity > before.Similarity)) best[owner] = (similarity, other);
                }
                break;
            }
        }
        var nearest = best.OrderByDescending(other => other.Value.Similarity).ThenBy(other => other.Key).Take(k).ToArray();
        return ([.. nearest.Select(other => new Neighbour(other.Key, other.Value.Similarity))], nearest.ToDictionary(other => other.Key, other => other.Value.Picture));
    }
}
