using System.Collections.Concurrent;
using Search.Contracts.Catalogue;
using Search.Contracts.Messages;

namespace Search.Rerank.Catalogue;

/// <summary>
/// The service's read model of the catalogue, in memory: filled by paging through the indexing service's changes at start, kept by events and by asking again now
/// and then. The larger revision wins, so order and repetition of events do not matter. Safe for concurrent use.
/// </summary>
internal sealed class ItemCatalogue
{
    // A removed item keeps its revision, so that an older change that arrives late does not bring it back.
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    private readonly record struct Entry(long Revision, ItemDocument? Item);

    public int Count => _entries.Count(e => e.Value.Item is not null);

    public ItemDocument? Find(string itemId) => _entries.GetValueOrDefault(itemId).Item;

    public bool WasRemoved(string itemId) => _entries.TryGetValue(itemId, out var entry) && entry.Item is null;

    public void Apply(ItemDocument item) => Apply(item.Id, new Entry(item.Revision, item));

    public void Apply(ItemRemoved removed) => Apply(removed.ItemId, new Entry(removed.Revision, null));

    private void Apply(string itemId, Entry entry) =>
        _entries.AddOrUpdate(itemId, static (_, e) => e, static (_, old, e) => e.Revision >= old.Revision ? e : old, entry);
}
