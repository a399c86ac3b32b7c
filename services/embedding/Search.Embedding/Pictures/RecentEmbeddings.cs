using System.Diagnostics.CodeAnalysis;

namespace Search.Embedding;

/// <summary>The vectors of the query pictures used last; the one unused for longest makes room. Safe for concurrent use.</summary>
internal sealed class RecentEmbeddings(int capacity)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<(string Hash, StoredEmbedding Content)>> _byHash = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Hash, StoredEmbedding Content)> _byUse = new();

    public bool TryGet(string contentHash, [NotNullWhen(true)] out StoredEmbedding? content)
    {
        lock (_lock)
        {
            content = null;
            if (!_byHash.TryGetValue(contentHash, out var node))
                return false;
            _byUse.Remove(node);
            _byUse.AddFirst(node);
            content = node.Value.Content;
            return true;
        }
    }

    public void Add(string contentHash, StoredEmbedding content)
    {
        if (capacity == 0)
            return;
        lock (_lock)
        {
            if (_byHash.ContainsKey(contentHash))
                return;
            if (_byHash.Count == capacity)
            {
                _byHash.Remove(_byUse.Last!.Value.Hash);
                _byUse.RemoveLast();
            }
            _byHash.Add(contentHash, _byUse.AddFirst((contentHash, content)));
        }
    }
}
