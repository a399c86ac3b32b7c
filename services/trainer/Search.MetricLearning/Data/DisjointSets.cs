namespace Search.MetricLearning.Data;

/// <summary>Union-find with path halving (Tarjan and van Leeuwen, 1984). The smallest member represents its set, so results do not depend on the order of unions.</summary>
internal sealed class DisjointSets
{
    private readonly int[] _parent;

    public DisjointSets(int count) => _parent = [.. Enumerable.Range(0, count)];

    public int Find(int item)
    {
        while (_parent[item] != item)
            item = _parent[item] = _parent[_parent[item]];
        return item;
    }

    public bool Union(int a, int b)
    {
        a = Find(a);
        b = Find(b);
        if (a == b)
            return false;
        _parent[Math.Max(a, b)] = Math.Min(a, b);
        return true;
    }
}
