using System.Globalization;
using Search.Ann.Collections;
using Search.Contracts;

namespace Search.Ann.Groups;

/// <summary>
/// The catalogue as the active model sees it, at about one moment: items in ordinal order of their ids, so that what is found does not depend on how they came in. Immutable.
/// </summary>
internal sealed class CatalogueVectors(
    EmbeddingModelId model, IVectorCollection? collection, IReadOnlyList<GroupedItem> items, IReadOnlyList<GroupedPicture> pictures, IReadOnlyList<(int A, int B)> apart)
{
    private readonly Dictionary<string, int> _byKey = pictures.Index()
        .ToDictionary(picture => ImageKey.Create(items[picture.Item.Item].Id, picture.Item.Number), picture => picture.Index, StringComparer.Ordinal);

    public EmbeddingModelId Model => model;

    public IReadOnlyList<GroupedItem> Items => items;

    public IReadOnlyList<GroupedPicture> Pictures => pictures;

    /// <summary>Pairs of items that somebody said are not duplicates.</summary>
    public IReadOnlyList<(int A, int B)> Apart => apart;

    /// <summary>The pictures most similar to one, best first, itself among them; pictures that came since are left out. True when there are no more.</summary>
    public async ValueTask<(List<(int Picture, float Similarity)> Found, bool Exhausted, float Last)> SearchAsync(int picture, int k, CancellationToken cancellation)
    {
        var answer = await collection!.SearchAsync(model, pictures[picture].Vector, k, cancellation);
        var found = new List<(int, float)>(answer.Neighbours.Length);
        foreach (var neighbour in answer.Neighbours)
        {
            if (_byKey.TryGetValue(neighbour.ImageKey, out var other)) found.Add((other, neighbour.Score));
        }
        return (found, answer.Exhausted, answer.Neighbours.Length == 0 ? float.NegativeInfinity : answer.Neighbours[^1].Score);
    }

    /// <summary>The item as an answer shows it, by one of its pictures.</summary>
    public GroupItem Show(int item, int picture) => new(
        items[item].Id, items[item].Title, items[item].Category, pictures[picture].Number,
        // Item ids need no escaping.
        string.Create(CultureInfo.InvariantCulture, $"/v1/items/{items[item].Id}/image?n={pictures[picture].Number}"));
}
