using Search.Ann.Indexes.Candidates;
using Search.Ann.Indexes.Statistics;
using Search.Vectors.Files;

namespace Search.Ann.Indexes.Lsh;

/// <summary>
/// Hash tables with query-directed multi-probing (Lv, Josephson, Wang, Charikar and Li, "Multi-probe LSH", VLDB 2007), one queue over all
/// tables. Below <see cref="LeastCount"/> vectors there are none, and every search looks at all of them.
/// </summary>
/// <remarks>
/// Tables are made for a number of vectors. Beyond it, or far below, others are designed and filled beside them, a few vectors with each write, and take
/// over when they have all: no write ever waits for a whole rehash.
/// </remarks>
internal sealed class LshSource : ICandidateSource
{
    public const int LeastCount = 1_024;

    // Vectors moved with each write. Tables are made for twice the vectors there are, so two would be in time.
    private const int MovedPerWrite = 4;

    // Inserted while searches wait: a tenth of a millisecond or so.
    private const int Batch = 256;

    // Probes for each candidate wanted: a query far from everything finds most buckets empty.
    private const int ProbesPerCandidate = 4;

    // Slots met in buckets for each one that is scored. At recall 0.9 and 8 of them it takes a third of the distances that it takes to score whatever is met, on Fashion-MNIST and on clusters of 128
    // dimensions; 16 save no more than they cost.
    private const int MetPerCandidate = 8;

    // Beyond, buckets far from the query are looked into, which tell nothing.
    private const double LargestShareMet = 0.25;

    private readonly LshOptions _options;
    private readonly VectorMetric _metric;
    private readonly SlotTable _table;
    private HashTables? _serving;
    private HashTables? _next;
    private int _moved;

    // The plan.
    private int[] _added = [];
    private int[] _places = [];
    private int _removed = -1;
    private bool _takesOver;

    public LshSource(LshOptions options, VectorMetric metric, SlotTable table) => (_options, _metric, _table) = (options, metric, table);

    public int DefaultEffort => _options.Effort;

    /// <summary>The tables that answer, those that are being filled, and how far; for files and for tests.</summary>
    internal (HashTables? Serving, HashTables? Next, int Moved) State
    {
        get => (_serving, _next, _moved);
        set => (_serving, _next, _moved) = value;
    }

    public IReadOnlyDictionary<string, string> Options => OptionText.Of(
        (nameof(LshOptions.Tables), _options.Tables),
        // What was chosen, where it was left to the data.
        (nameof(LshOptions.Functions), _serving?.Functions.PerTable ?? _options.Functions),
        (nameof(LshOptions.Width), _serving?.Functions.Width ?? _options.Width),
        (nameof(LshOptions.ExpectedCount), _serving?.Expected ?? _options.ExpectedCount),
        (nameof(LshOptions.Effort), _options.Effort), (nameof(LshOptions.Seed), _options.Seed));

    public long Bytes => (_serving?.Bytes ?? 0) + (_next?.Bytes ?? 0);

    public Histogram Occupancy()
    {
        var tally = new Tally();
        _serving?.CountBuckets(tally);
        return tally.Of("vectors in a bucket");
    }

    public CandidateScratch<TableSlots> CreateScratch() => new LshScratch();

    public bool TryCollect(ReadOnlySpan<float> query, CandidateScratch<TableSlots> scratch)
    {
        if (_serving is not { } tables) return false;
        var (found, lsh) = (scratch.Found, (LshScratch)scratch);
        lsh.Collisions.Reset(_table.SlotCount);
        var met = Math.Max(found.Wanted, Math.Min(MetPerCandidate * found.Wanted, (long)(LargestShareMet * _table.OccupiedCount)));
        Probing.Collect(tables, query, met, ProbesPerCandidate * (found.Wanted + LeastCount), lsh);
        lsh.Collisions.MoveBest(found);
        return found.IsEnough;
    }

    public int BatchOf(int waiting) => waiting >= Math.Max(LeastCount, _table.OccupiedCount) ? waiting : Batch;

    public void PlanAdd(int slot)
    {
        Advance(_table.OccupiedCount + 1, MovedPerWrite);
        _next?.Add(slot);
        Plan([slot], _serving?.LocateAll([slot], 1));
    }

    public void PlanAddAll(ReadOnlySpan<int> slots, int threads)
    {
        var count = _table.OccupiedCount;
        if (count >= LeastCount && slots.Length >= count - slots.Length)
        {
            // Twice as many or more: at once, instead of in several moves.
            _next = Design(count, slots);
            _next.AddAll([.. Occupied(), .. slots], threads);
            _takesOver = true;
            return;
        }
        Advance(count, MovedPerWrite * slots.Length);
        _next?.AddAll(slots, threads);
        Plan(slots, _serving?.LocateAll(slots, threads));
    }

    public void PlanRemove(int slot)
    {
        Advance(_table.OccupiedCount - 1, MovedPerWrite);
        if (_next is not null && _next.Contains(slot)) _next.Remove(slot);
        _removed = _serving is null ? -1 : slot;
    }

    // Tables are made for a number of vectors, and files whose tables are for far more than they have are refused: those that are left get tables of their own in time.
    public bool TryPlanRename(int[] slots) => false;

    public void Commit()
    {
        if (_takesOver)
        {
            (_serving, _next, _moved, _takesOver) = (_next, null, 0, false);
        }
        else if (_serving is not null)
        {
            _serving.Put(_added, _places);
            if (_removed >= 0) _serving.Remove(_removed);
        }
        (_added, _places, _removed) = ([], [], -1);
    }

    public void Save(ChecksumWriter writer) => LshFile.Save(writer, _options, _table, this);

    private void Plan(ReadOnlySpan<int> slots, int[]? places)
    {
        if (places is not null) (_added, _places) = (slots.ToArray(), places);
    }

    /// <summary>Starts new tables where they are due for so many vectors, and moves some more into those started.</summary>
    private void Advance(int count, int moves)
    {
        if (_next is null)
        {
            var isDue = _serving is null ? count >= LeastCount : count > _serving.Expected || count >= LeastCount && count < _serving.Expected / 8 && count > _options.ExpectedCount;
            if (!isDue) return;
            (_next, _moved) = (Design(count, []), 0);
        }
        for (; moves > 0 && _moved < _table.SlotCount; _moved++)
        {
            if (!_table.IsOccupied(_moved) || _next.Contains(_moved)) continue;
            _next.Add(_moved);
            moves--;
        }
        _takesOver = _moved >= _table.SlotCount;
    }

    private HashTables Design(int count, ReadOnlySpan<int> added)
    {
        int[] slots = [.. Occupied(), .. added];
        var expected = Math.Max(_options.ExpectedCount, (int)Math.Min(1 << 30, 2L * count));
        var draw = Draw.For(_options.Seed, expected, slots.Length, 2);
        var sample = new int[Math.Min(HashDesign.SampleSize, slots.Length)];
        for (var i = 0; i < sample.Length; i++)
        {
            // Fisher and Yates, as far as the sample goes.
            var from = i + draw.Next(slots.Length - i);
            (slots[i], slots[from]) = (slots[from], slots[i]);
            sample[i] = slots[i];
        }
        return new HashTables(expected, HashDesign.For(_options, _metric, expected, _table, sample), _table);
    }

    private IEnumerable<int> Occupied() => Enumerable.Range(0, _table.SlotCount).Where(_table.IsOccupied);
}
