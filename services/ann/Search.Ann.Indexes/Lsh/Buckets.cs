using System.Numerics;
using Search.Ann.Indexes.Statistics;

namespace Search.Ann.Indexes.Lsh;

/// <summary>
/// The buckets of one table: lists of slots in one array, each contiguous and with room to the next power of two. A list that outgrows its
/// room moves to a larger one, and the old is kept for another list. Not synchronised.
/// </summary>
internal sealed class Buckets(int count)
{
    private const int LeastRoom = 4;

    private readonly Bucket[] _buckets = new Bucket[count];
    private readonly Stack<int>[] _rooms = [.. Enumerable.Range(0, 32).Select(_ => new Stack<int>())];
    private int[] _slots = [];
    private int _used;

    public int Count => _buckets.Length;

    public unsafe long Bytes => (long)_buckets.Length * sizeof(Bucket) + MemorySize.Of(_slots) + _rooms.Sum(MemorySize.Of);

    public static unsafe long BytesOf(int count) => (long)count * sizeof(Bucket);

    public ReadOnlySpan<int> Slots(int bucket)
    {
        ref readonly var found = ref _buckets[bucket];
        return _slots.AsSpan(found.Start, found.Count);
    }

    public void Add(int bucket, int slot)
    {
        ref var into = ref _buckets[bucket];
        if (into.Count == into.Room)
        {
            var room = Math.Max(LeastRoom, 2 * into.Room);
            var start = TakeRoom(room);
            _slots.AsSpan(into.Start, into.Count).CopyTo(_slots.AsSpan(start));
            if (into.Room > 0) _rooms[BitOperations.Log2((uint)into.Room)].Push(into.Start);
            (into.Start, into.Room) = (start, room);
        }
        _slots[into.Start + into.Count++] = slot;
    }

    /// <summary>The order in a bucket means nothing: the last one closes the gap.</summary>
    public void Remove(int bucket, int slot)
    {
        ref var from = ref _buckets[bucket];
        var at = _slots.AsSpan(from.Start, from.Count).IndexOf(slot);
        _slots[from.Start + at] = _slots[from.Start + --from.Count];
    }

    private int TakeRoom(int room)
    {
        if (_rooms[BitOperations.Log2((uint)room)].TryPop(out var start)) return start;
        start = _used;
        _used = checked(_used + room);
        if (_used > _slots.Length) Array.Resize(ref _slots, Math.Max(_used, _slots.Length + _slots.Length / 2));
        return start;
    }

    private record struct Bucket(int Start, int Count, int Room);
}
