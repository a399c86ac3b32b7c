using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Search.Ann.Indexes.Hnsw;

/// <summary>
/// The best nodes so far, best first, each with a mark of whether it was expanded: frontier and result of a search in one sorted array. Up to a few
/// hundred entries an insertion moves less memory than two heaps touch, and the next node to expand is found by walking on.
/// </summary>
internal sealed class CandidatePool
{
    private const int MostCounted = 32;

    private ulong[] _items = new ulong[256];
    private int _capacity;
    private int _next;

    public int Count { get; private set; }


    /// <summary>Packed by <see cref="ScoredSlot"/>, best first.</summary>
    public ReadOnlySpan<ulong> Items => _items.AsSpan(0, Count);

    /// <summary>Empties the pool; it keeps the <paramref name="capacity"/> best from now on.</summary>
    public void Reset(int capacity)
    {
        if (_items.Length < capacity) _items = new ulong[capacity];
        (_capacity, Count, _next) = (capacity, 0, 0);
    }

    public bool IsFull => Count == _capacity;

    /// <summary>Whether a node of this score would be among the best.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Admits(ulong candidate) => Count < _capacity || candidate > _items[Count - 1];

    /// <summary>Adds a node that is not in the pool. False when it is not among the best.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Offer(ulong candidate)
    {
        if (Count == _capacity && candidate < Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_items), Count - 1)) return false;
        Insert(candidate);
        return true;
    }

    /// <summary>The best node that was not expanded, which is marked as expanded now. False when there is none.</summary>
    public bool TryExpand(out ulong best)
    {
        var items = _items;
        while (_next < Count)
        {
            best = items[_next];
            if (!ScoredSlot.IsExpanded(best))
            {
                items[_next++] = ScoredSlot.Expanded(best);
                return true;
            }
            _next++;
        }
        best = 0;
        return false;
    }

    /// <summary>The node that <see cref="TryExpand"/> gives next unless a better one comes; -1 when there is none at hand.</summary>
    public int PeekNext() => _next < Count ? ScoredSlot.Slot(_items[_next]) : -1;

    private void Insert(ulong candidate)
    {
        var low = Rank(candidate);
        var moved = Math.Min(Count, _capacity - 1) - low;
        _items.AsSpan(low, moved).CopyTo(_items.AsSpan(low + 1));
        _items[low] = candidate;
        if (Count < _capacity) Count++;
        if (low < _next) _next = low;
    }

    /// <summary>How many in the pool are better. Which way a comparison goes can't be predicted, so no branch depends on one.</summary>
    private int Rank(ulong candidate)
    {
        ref var items = ref MemoryMarshal.GetArrayDataReference(_items);
        int low = 0, length = Count;
        while (length > MostCounted)
        {
            var half = length >> 1;
            low += half & -(Unsafe.Add(ref items, low + half - 1) > candidate ? 1 : 0);
            length -= half;
        }
        // The rest by counting, eight comparisons an instruction.
        if (Vector512.IsHardwareAccelerated)
        {
            var limit = Vector512.Create(candidate);
            for (; length >= Vector512<ulong>.Count; length -= Vector512<ulong>.Count)
            {
                var better = BitOperations.PopCount(Vector512.GreaterThan(Vector512.LoadUnsafe(ref items, (nuint)low), limit).ExtractMostSignificantBits());
                low += better;
                if (better < Vector512<ulong>.Count) return low;
            }
        }
        while (length > 0 && Unsafe.Add(ref items, low) > candidate)
        {
            low++;
            length--;
        }
        return low;
    }
}
