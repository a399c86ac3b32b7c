using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Search.Contracts;

namespace Search.Ann.Local;

/// <summary>Keys, ids and revisions. Read by anyone without a lock; written by one writer at a time.</summary>
internal sealed class EntryTable
{
    private readonly ConcurrentDictionary<string, Entry> _byKey = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, Entry> _byId = new();
    private readonly ConcurrentDictionary<string, string[]> _keysByItem = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>The next new key's id. Ids are never used twice: a search may still hold the id of a key that has just gone.</summary>
    public long NextId { get; private set; }

    public int Count => Volatile.Read(ref _count);

    /// <summary>Enumerated without a lock: what is written meanwhile may be there or not, what is not written is there once.</summary>
    public IEnumerable<Entry> All => _byId.Select(pair => pair.Value);

    public bool TryGet(string key, [NotNullWhen(true)] out Entry? entry) => _byKey.TryGetValue(key, out entry);

    public bool TryGet(long id, [NotNullWhen(true)] out Entry? entry) => _byId.TryGetValue(id, out entry);

    /// <summary>In order of the picture's number.</summary>
    public IReadOnlyList<string> KeysOf(string itemId) => _keysByItem.TryGetValue(itemId, out var keys)
        ? [.. keys.OrderBy(key => ImageKey.Parse(key).Number).ThenBy(key => key, StringComparer.Ordinal)]
        : [];

    public Entry Put(string key, long revision, int segment)
    {
        var isKnown = _byKey.TryGetValue(key, out var before);
        var entry = new Entry(isKnown ? before!.Id : NextId++, key, revision, segment);
        _byId[entry.Id] = entry;
        _byKey[key] = entry;
        if (isKnown) return entry;
        AddToItem(key);
        Volatile.Write(ref _count, _count + 1);
        return entry;
    }

    public void Remove(Entry entry)
    {
        _byKey.TryRemove(entry.Key, out _);
        _byId.TryRemove(entry.Id, out _);
        Volatile.Write(ref _count, _count - 1);
        var (itemId, _) = ImageKey.Parse(entry.Key);
        string[] rest = [.. _keysByItem[itemId].Where(key => key != entry.Key)];
        if (rest.Length > 0) _keysByItem[itemId] = rest;
        else _keysByItem.TryRemove(itemId, out _);
    }

    /// <summary>Puts back what a snapshot kept.</summary>
    public void Restore(IEnumerable<Entry> entries, long nextId)
    {
        foreach (var entry in entries)
        {
            _byId[entry.Id] = entry;
            _byKey[entry.Key] = entry;
            AddToItem(entry.Key);
        }
        _count = _byId.Count;
        NextId = nextId;
    }

    private void AddToItem(string key)
    {
        var (itemId, _) = ImageKey.Parse(key);
        _keysByItem[itemId] = _keysByItem.TryGetValue(itemId, out var keys) ? [.. keys, key] : [key];
    }
}
