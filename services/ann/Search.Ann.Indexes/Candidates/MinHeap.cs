using System.Diagnostics;

namespace Search.Ann.Indexes.Candidates;

/// <summary>A binary heap of integers, the smallest on top. Its array is kept when it is cleared, so a pooled heap stops allocating.</summary>
internal sealed class MinHeap
{
    private ulong[] _items = new ulong[256];

    public int Count { get; private set; }

    public void Clear() => Count = 0;

    public void Push(ulong item)
    {
        if (Count == _items.Length) Array.Resize(ref _items, 2 * Count);
        var items = _items;
        var hole = Count++;
        while (hole > 0)
        {
            var parent = (hole - 1) / 2;
            if (items[parent] <= item) break;
            items[hole] = items[parent];
            hole = parent;
        }
        items[hole] = item;
    }

    public ulong Pop()
    {
        Debug.Assert(Count > 0);
        var top = _items[0];
        var last = _items[--Count];
        if (Count > 0) ReplaceTop(last);
        return top;
    }

    private void ReplaceTop(ulong item)
    {
        var items = _items;
        var count = Count;
        var hole = 0;
        while (true)
        {
            var child = 2 * hole + 1;
            if (child >= count) break;
            if (child + 1 < count && items[child + 1] < items[child]) child++;
            if (items[child] >= item) break;
            items[hole] = items[child];
            hole = child;
        }
        items[hole] = item;
    }
}
