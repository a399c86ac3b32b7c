using System.Diagnostics.CodeAnalysis;

namespace Search.Embedding;

/// <summary>The vectors of the query pictures used last; the one unused for longest makes room. Safe for concurrent use.</summary>
internal sealed class RecentEmbeddings(int capacity)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<(string Key, StoredEmbedding Content)>> _byKey = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Key, StoredEmbedding Content)> _byUse = new();

    public bool TryGet(string key, [NotNullWhen(true)] out StoredEmbedding? content)
    {
        lock (_lock)
        {
            content = null;
            if (!_byKey.TryGetValue(key, out var node))
                return false;
            _byUse.Remove(node);
            _byUse.AddFirst(node);
            content = node.Value.Content;
            return true;
        }
    }

    public void Add(string key, StoredEmbedding content)
    {
        if (capacity == 0)
            return;
        lock (_lock)
        {
            if (_byKey.ContainsKey(key))
                return;
            if (_byKey.Count == capacity)
            {
                _byKey.Remove(_byUse.Last!.Value.Key);
                _byUse.RemoveLast();
            }
            _byKey.Add(key, _byUse.AddFirst((key, content)));
        }
    }
}
