using Search.Ann.Indexes.Candidates;
using Search.Ann.Indexes.Statistics;

namespace Search.Ann.Indexes.Lsh;

/// <summary>All tables over one set of hash functions. Not synchronised.</summary>
/// <param name="expected">Vectors they are made for.</param>
internal sealed class HashTables(int expected, HashFunctions functions, SlotTable table)
{
    private const int Absent = -1;

    private readonly int _shift = 32 - HashFunctions.BucketBits(expected);
    private readonly Buckets[] _tables = [.. Enumerable.Range(0, functions.Tables).Select(_ => new Buckets(1 << HashFunctions.BucketBits(expected)))];
    private readonly float[] _projections = new float[functions.Count];

    // Where each slot is in each table, so that it can be taken out even if sums round differently by then.
    private int[] _places = [];

    public int Expected { get; } = expected;

    public HashFunctions Functions { get; } = functions;

    public int BucketCount => _tables[0].Count;

    public long Bytes => MemorySize.Of(_places) + Functions.Bytes + _tables.Sum(buckets => buckets.Bytes);

    /// <summary>What the empty buckets of one table take.</summary>
    public static long BytesOf(int expected) => Buckets.BytesOf(1 << HashFunctions.BucketBits(expected));

    /// <summary>Counts the slots of each bucket of each table.</summary>
    public void CountBuckets(Tally tally)
    {
        foreach (var buckets in _tables)
        {
            for (var bucket = 0; bucket < buckets.Count; bucket++)
                tally.Count(buckets.Slots(bucket).Length);
        }
    }

    /// <summary>Two keys may share a bucket: it then holds some candidates of no use.</summary>
    public int BucketOf(uint key) => (int)((key * 0x9E37_79B1u) >> _shift);

    public ReadOnlySpan<int> Slots(int tableNumber, uint key) => SlotsOfBucket(tableNumber, BucketOf(key));

    public ReadOnlySpan<int> SlotsOfBucket(int tableNumber, int bucket) => _tables[tableNumber].Slots(bucket);

    public bool Contains(int slot) => (slot + 1) * Functions.Tables <= _places.Length && _places[slot * Functions.Tables] != Absent;

    /// <summary>The buckets of a slot that is in the tables, one a table.</summary>
    public ReadOnlySpan<int> Places(int slot) => _places.AsSpan(slot * Functions.Tables, Functions.Tables);

    /// <summary>Where a slot belongs. Threads may share the tables for this, each with projections of its own.</summary>
    public void Locate(int slot, Span<float> projections, Span<int> places)
    {
        Functions.ProjectStored(table.Vectors.Row(slot), projections);
        for (var t = 0; t < places.Length; t++)
            places[t] = BucketOf(Functions.Key(t, projections));
    }

    public void Add(int slot)
    {
        Span<int> places = stackalloc int[Functions.Tables];
        Locate(slot, _projections, places);
        Add(slot, places);
    }

    /// <summary>Adds slots, hashed on several threads.</summary>
    public void AddAll(ReadOnlySpan<int> slots, int threads) => Put(slots, LocateAll(slots, threads));

    /// <summary>The places of all slots, one after the other.</summary>
    public int[] LocateAll(ReadOnlySpan<int> slots, int threads)
    {
        var all = slots.ToArray();
        var places = new int[checked(all.Length * Functions.Tables)];
        Parallel.For(0, all.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, () => new float[Functions.Count], (i, _, projections) =>
        {
            Locate(all[i], projections, places.AsSpan(i * Functions.Tables, Functions.Tables));
            return projections;
        }, _ => { });
        return places;
    }

    public void Put(ReadOnlySpan<int> slots, ReadOnlySpan<int> places)
    {
        for (var i = 0; i < slots.Length; i++)
            Add(slots[i], places.Slice(i * Functions.Tables, Functions.Tables));
    }

    public void Add(int slot, ReadOnlySpan<int> places)
    {
        var start = slot * Functions.Tables;
        if (start + Functions.Tables > _places.Length)
        {
            var before = _places.Length;
            Array.Resize(ref _places, Math.Max(start + Functions.Tables, before + before / 2 / Functions.Tables * Functions.Tables));
            _places.AsSpan(before).Fill(Absent);
        }
        places.CopyTo(_places.AsSpan(start));
        for (var t = 0; t < places.Length; t++)
            _tables[t].Add(places[t], slot);
    }

    public void Remove(int slot)
    {
        var places = _places.AsSpan(slot * Functions.Tables, Functions.Tables);
        for (var t = 0; t < places.Length; t++)
            _tables[t].Remove(places[t], slot);
        places.Fill(Absent);
    }
}
