namespace Search.Ann.Indexes.Hnsw;

/// <summary>One node's links on one level: their number, the node's parent in the spanning tree (level 0 only), the links in no order.</summary>
internal readonly ref struct LinkRow(Span<int> row)
{
    public const int Overhead = 2;

    public const int NoParent = -1;

    private readonly Span<int> _row = row;

    public int Count => _row[0];

    public ref int Parent => ref _row[1];

    public ReadOnlySpan<int> Links => _row.Slice(Overhead, _row[0]);

    public Span<int> Raw => _row;

    public void Clear() => (_row[0], _row[1]) = (0, NoParent);

    public bool Add(int slot)
    {
        if (Links.Contains(slot)) return false;
        _row[Overhead + _row[0]++] = slot;
        return true;
    }

    /// <summary>Writes the new name of a neighbour, and of the parent where it is that.</summary>
    public void Rename(int slot, int by)
    {
        _row[Overhead + Links.IndexOf(slot)] = by;
        if (_row[1] == slot) _row[1] = by;
    }

    public bool Remove(int slot)
    {
        var at = Links.IndexOf(slot);
        if (at < 0) return false;
        _row[Overhead + at] = _row[Overhead + --_row[0]];
        return true;
    }
}
