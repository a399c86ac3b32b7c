namespace Search.Ann.Indexes.Lsh;

/// <summary>A bucket to be probed: a set of steps out of the query's own.</summary>
/// <param name="Cost">Sum of the steps' costs.</param>
/// <param name="Last">The costliest step in it.</param>
/// <param name="Steps">All steps in it, a bit each.</param>
internal readonly record struct Probe(float Cost, int Table, int Last, uint Key, ulong Steps);

/// <summary>A binary heap of probes, the cheapest on top. Its array is kept when it is cleared, so a pooled queue stops allocating.</summary>
internal sealed class ProbeQueue
{
    private Probe[] _items = new Probe[256];

    public int Count { get; private set; }

    public void Clear() => Count = 0;

    public void Push(in Probe item)
    {
        if (Count == _items.Length) Array.Resize(ref _items, 2 * Count);
        var items = _items;
        var hole = Count++;
        while (hole > 0)
        {
            var parent = (hole - 1) / 2;
            if (!IsBefore(item, items[parent])) break;
            items[hole] = items[parent];
            hole = parent;
        }
        items[hole] = item;
    }

    public Probe Pop()
    {
        var items = _items;
        var top = items[0];
        var item = items[--Count];
        var hole = 0;
        while (true)
        {
            var child = 2 * hole + 1;
            if (child >= Count) break;
            if (child + 1 < Count && IsBefore(items[child + 1], items[child])) child++;
            if (!IsBefore(items[child], item)) break;
            items[hole] = items[child];
            hole = child;
        }
        items[hole] = item;
        return top;
    }

    // Equal costs in one order, whatever the heap looks like: the same contents and query give the same answer.
    private static bool IsBefore(in Probe a, in Probe b) =>
        a.Cost != b.Cost ? a.Cost < b.Cost : a.Table != b.Table ? a.Table < b.Table : a.Steps < b.Steps;
}
