using System.Runtime.InteropServices;

namespace Search.Ann.Indexes.Hnsw;

/// <summary>
/// Changes to links, planned on copies of the rows they touch. Searches see none of it until <see cref="Commit"/>, which only copies rows;
/// a plan that fails half way is dropped without a trace. Used by the one writer.
/// </summary>
internal sealed class GraphEdit(HnswGraph graph)
{
    private readonly Dictionary<(int Level, int Slot), int[]> _rows = [];
    private readonly Stack<int[]> _spare = [];

    public ReadOnlySpan<int> Links(int level, int slot) => Read(level, slot).Links;

    public int Parent(int slot) => Read(0, slot).Parent;

    public void SetParent(int slot, int parent) => Write(0, slot).Parent = parent;

    /// <summary>Whether the link is an edge of the spanning tree.</summary>
    public bool IsTreeEdge(int a, int b) => Parent(a) == b || Parent(b) == a;

    /// <summary>Links two nodes both ways. A row may come to hold one link too many; the caller prunes it.</summary>
    public void Link(int level, int a, int b)
    {
        Write(level, a).Add(b);
        Write(level, b).Add(a);
    }

    public void Unlink(int level, int a, int b)
    {
        Write(level, a).Remove(b);
        Write(level, b).Remove(a);
    }

    /// <summary>Makes the changes visible. The caller keeps searches out meanwhile.</summary>
    public void Commit()
    {
        foreach (var ((level, slot), row) in _rows)
            row.AsSpan(0, LinkRow.Overhead + row[0]).CopyTo(graph.Row(level, slot).Raw);
        Discard();
    }

    public void Discard()
    {
        foreach (var row in _rows.Values)
            _spare.Push(row);
        _rows.Clear();
    }

    private LinkRow Read(int level, int slot) =>
        _rows.TryGetValue((level, slot), out var row) ? new LinkRow(row) : graph.Row(level, slot);

    private LinkRow Write(int level, int slot)
    {
        ref var row = ref CollectionsMarshal.GetValueRefOrAddDefault(_rows, (level, slot), out var exists);
        if (!exists)
        {
            row = _spare.TryPop(out var spare) ? spare : new int[LinkRow.Overhead + graph.MaxLinks(0) + 1];
            graph.Row(level, slot).Raw.CopyTo(row);
        }
        return new LinkRow(row);
    }
}
