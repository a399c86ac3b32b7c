using Search.Contracts;
using Search.Contracts.Catalogue;
using Search.Contracts.Messages;

namespace Search.Gateway.Tests.Hosting;

/// <summary>Items with a picture each, on a quarter circle: the higher an item's number, the further it is from <c>Towards(0)</c>.</summary>
internal sealed class StandInCollection(IReadOnlyList<ItemDocument> items)
{
    internal const int Dimension = 4;

    private readonly Dictionary<string, int> _numbers = items.Select((item, i) => (item.Id, i)).ToDictionary(e => e.Id, e => e.i);

    internal static StandInCollection OfRings(int count) => new([.. Enumerable.Range(0, count).Select(i => Item(i, "rings"))]);

    internal static ItemDocument Item(int number, string category) => new()
    {
        Id = $"item-{number:0000}",
        Revision = number + 1,
        Title = $"Piece {number}",
        Category = category,
        Attributes = new Dictionary<string, AttributeValue> { ["metal"] = AttributeValue.Of("gold"), ["carat"] = AttributeValue.Of(0.5) },
        Price = 100 + number,
        Images = [new ImageDocument { Number = 0, ContentHash = new string('a', ContentHash.Length), Revision = number + 1 }],
    };

    internal static float[] Towards(double angle) => [(float)Math.Cos(angle), (float)Math.Sin(angle), 0, 0];

    internal ItemDocument? Find(string id) => _numbers.TryGetValue(id, out var number) ? items[number] : null;

    internal ItemVectors VectorsOf(string id) =>
        new() { Images = _numbers.TryGetValue(id, out var number) ? [new ImageVector(0, VectorOf(number))] : [] };

    internal NeighboursFound Nearest(SearchNeighbours request) => new()
    {
        Neighbours = [.. items
            .Select((item, i) => new Neighbour(ImageKey.Create(item.Id, 0), Dot(request.Vector, VectorOf(i))))
            .OrderByDescending(n => n.Score).ThenBy(n => n.ImageKey, StringComparer.Ordinal)
            .Take(request.K)],
        Exhausted = request.K >= items.Count,
    };

    /// <summary>Knows only categories and the query's own item; enough to see that the gateway passes on what it was asked.</summary>
    internal RerankedResults Rerank(RerankCandidates request) => new()
    {
        Results = [.. request.Candidates
            .Select(c => (Item: items[_numbers[ImageKey.Parse(c.ImageKey).ItemId]], c.Score))
            .Where(c => c.Item.Id != request.QueryItemId)
            .Where(c => request.Filter.Categories.Count == 0 || request.Filter.Categories.Contains(c.Item.Category, StringComparer.OrdinalIgnoreCase))
            .Take(request.K)
            .Select(c => new RankedItem
            {
                Item = c.Item,
                ImageNumber = 0,
                Score = c.Score,
                Explain = request.Explain ? [new RuleTrace("stand-in", "kept", "it was there")] : [],
            })],
    };

    private float[] VectorOf(int number) => Towards(Math.PI / 2 * number / items.Count);

    private static float Dot(float[] a, float[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
