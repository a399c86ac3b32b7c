using System.Runtime.InteropServices;
using Search.Ann.Indexes.Candidates;

namespace Search.Ann.Indexes.Tree;

/// <summary>
/// One tree and its changes. A plan builds what is new from nodes that nothing refers to, so searches do not see it; <see cref="Commit"/> swaps one
/// reference or edits one leaf. Used by one writer at a time; the trees of a forest do not know of each other.
/// </summary>
internal sealed class ForestTree(int number, ulong seed, TreeNodes nodes, SlotTable table, bool lifts)
{
    private readonly SplitChooser _chooser = new(table.Vectors, lifts);
    private readonly List<int> _path = [];
    private readonly List<int> _gathered = [];
    private Change _change;

    public TreeNodes Nodes { get; } = nodes;

    /// <summary>Makes the tree anew. Nobody may search it yet.</summary>
    public void Build(Span<int> slots)
    {
        Nodes.Root = Grow(slots);
        _chooser.Trim();
    }

    public void PlanAdd(int slot)
    {
        var leaf = Descend(TreePoint.Stored(table.Vectors.Row(slot), slot, lifts));
        var there = Nodes.Leaves.Slots(leaf);
        if (there.Length < Nodes.Leaves.LeafSize)
        {
            _change = Change.Append(leaf, slot);
            return;
        }
        _gathered.Clear();
        _gathered.AddRange(there);
        _gathered.Add(slot);
        var at = LowestToRebuild(~leaf);
        var replaced = at == _path.Count ? ~leaf : _path[at];
        _change = Change.Swap(at == 0 ? -1 : _path[at - 1], replaced, Grow(CollectionsMarshal.AsSpan(_gathered)));
    }

    public void PlanRemove(int slot)
    {
        var leaf = Descend(TreePoint.Stored(table.Vectors.Row(slot), slot, lifts));
        var there = Nodes.Leaves.Slots(leaf);
        var position = there.IndexOf(slot);
        if (position < 0)
        {
            // A file from a machine whose sums round differently: the vector lies across a plane that it almost touches.
            (leaf, position) = Find(slot);
            _change = Change.Remove(leaf, position);
            return;
        }
        if (_path.Count > 0 && Sibling(~leaf, _path[^1]) is < 0 and var sibling
            && there.Length - 1 + Nodes.Leaves.Slots(~sibling).Length <= Nodes.Leaves.LeafSize / 2)
        {
            _gathered.Clear();
            _gathered.AddRange(there);
            _gathered.RemoveAt(position);
            _gathered.AddRange(Nodes.Leaves.Slots(~sibling));
            _change = Change.Swap(_path.Count == 1 ? -1 : _path[^2], _path[^1], Nodes.TakeLeaf(CollectionsMarshal.AsSpan(_gathered)));
            return;
        }
        _change = Change.Remove(leaf, position);
    }

    public void Commit()
    {
        var change = _change;
        _change = default;
        switch (change.Kind)
        {
            case ChangeKind.Append:
                Nodes.Leaves.Append(change.At, change.Value);
                break;
            case ChangeKind.Remove:
                Nodes.Leaves.RemoveAt(change.At, change.Value);
                break;
            case ChangeKind.Swap:
                if (change.At < 0) Nodes.Root = change.New;
                else if (Nodes.Split(change.At).Left == change.Value) Nodes.Split(change.At).Left = change.New;
                else Nodes.Split(change.At).Right = change.New;
                Nodes.Free(change.Value);
                break;
        }
    }

    /// <summary>Leaves the splits on the way in <see cref="_path"/>, the root first, and returns the leaf.</summary>
    private int Descend(in TreePoint point)
    {
        _path.Clear();
        var reference = Nodes.Root;
        while (reference >= 0)
        {
            _path.Add(reference);
            ref var split = ref Nodes.Split(reference);
            reference = split.IsRight(reference, Nodes.Normals.Row(reference), point) ? split.Right : split.Left;
        }
        return ~reference;
    }

    /// <summary>
    /// Where vectors come in an order, one side of a tree does all the growing and becomes a long chain. As in a scapegoat tree (Galperin and
    /// Rivest, 1993) the lowest subtree that is too deep for its size is then built anew, which costs O(log n) an addition on average. Returns its
    /// place in the path, and leaves all its slots in <see cref="_gathered"/>; the end of the path for the leaf alone.
    /// </summary>
    private int LowestToRebuild(int leaf)
    {
        if (_path.Count + 1 <= Limit(table.OccupiedCount)) return _path.Count;
        for (var at = _path.Count - 1; at >= 0; at--)
        {
            var below = at == _path.Count - 1 ? leaf : _path[at + 1];
            Nodes.Gather(Sibling(below, _path[at]), _gathered);
            if (_path.Count + 1 - at > Limit(_gathered.Count)) return at;
        }
        return 0;
    }

    // A subtree just built is at most log(n / leaf) / log(4/3) deep, 2.41 for each doubling: 3 leave room to grow.
    private double Limit(int slots) => 8 + 3 * Math.Log2(Math.Max(1, slots / (double)Nodes.Leaves.LeafSize));

    private int Sibling(int reference, int parent) => Nodes.Split(parent).Left == reference ? Nodes.Split(parent).Right : Nodes.Split(parent).Left;

    private int Grow(Span<int> slots)
    {
        if (slots.Length <= Nodes.Leaves.LeafSize) return Nodes.TakeLeaf(slots);
        var id = Nodes.TakeSplit();
        var (split, left) = _chooser.Choose(slots, id, Nodes.Normals.Row(id), Draw.For(seed, number, id, slots.Length));
        split.Left = Grow(slots[..left]);
        split.Right = Grow(slots[left..]);
        Nodes.Split(id) = split;
        return id;
    }

    private (int Leaf, int Position) Find(int slot)
    {
        var free = Nodes.FreeLeaves.ToHashSet();
        for (var leaf = 0; leaf < Nodes.LeafCount; leaf++)
        {
            if (!free.Contains(leaf) && Nodes.Leaves.Slots(leaf).IndexOf(slot) is >= 0 and var position) return (leaf, position);
        }
        throw new InvalidOperationException($"Slot {slot} is in no leaf of tree {number}.");
    }

    private enum ChangeKind
    {
        None = 0,
        Append,
        Remove,
        Swap,
    }

    /// <param name="At">The leaf; or, for a swap, the split above what is swapped, −1 for the root.</param>
    /// <param name="Value">The slot to append; the position to remove; the reference to replace.</param>
    private readonly record struct Change(ChangeKind Kind, int At, int Value, int New)
    {
        public static Change Append(int leaf, int slot) => new(ChangeKind.Append, leaf, slot, 0);

        public static Change Remove(int leaf, int position) => new(ChangeKind.Remove, leaf, position, 0);

        public static Change Swap(int parent, int replaced, int by) => new(ChangeKind.Swap, parent, replaced, by);
    }
}
