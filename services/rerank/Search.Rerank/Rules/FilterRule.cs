using Search.Contracts.Catalogue;

namespace Search.Rerank.Rules;

/// <summary>The caller's filter: category, attributes equal to any of some values, numbers within ranges.</summary>
internal sealed class FilterRule : IReranker
{
    public string Name => "filter";

    public void Apply(Ranking ranking)
    {
        var filter = ranking.Query.Filter;
        if (filter.IsEmpty)
            return;
        ranking.Keep(this, c => Matches(filter, c.Item));
        ranking.Explain(this, "kept", _ => "The item meets every condition of the filter.");
    }

    internal static bool Matches(SearchFilter filter, ItemDocument item) =>
        MatchesCategory(filter, item)
        && filter.Attributes.All(wanted => TryGet(item, wanted.Key, out var value) && wanted.Value.Any(w => w.Matches(value)))
        && filter.Ranges.All(range => NumberOf(item, range.Key) is { } number && range.Value.Contains(number));

    private static bool MatchesCategory(SearchFilter filter, ItemDocument item) =>
        filter.Categories.Count == 0 || filter.Categories.Contains(item.Category, StringComparer.OrdinalIgnoreCase);

    /// <summary><c>price</c> is the item's price; an attribute of that name could not be told apart and is not looked at.</summary>
    private static double? NumberOf(ItemDocument item, string name) => name.Equals("price", StringComparison.OrdinalIgnoreCase)
        ? item.Price
        : TryGet(item, name, out var value) ? value.Number : null;

    private static bool TryGet(ItemDocument item, string name, out AttributeValue value)
    {
        if (item.Attributes.TryGetValue(name, out value))
            return true;
        foreach (var (key, candidate) in item.Attributes)
        {
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                value = candidate;
                return true;
            }
        }
        return false;
    }
}
