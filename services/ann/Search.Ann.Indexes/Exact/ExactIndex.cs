using Search.Ann.Indexes.Filters;
using Search.Ann.Indexes.Metrics;
using Search.Ann.Indexes.Statistics;
using Search.Ann.Indexes.Storage;
using Search.Vectors;

namespace Search.Ann.Indexes.Exact;

/// <summary>Vectors without gaps in slots 0 to Count − 1; removing one moves the last one into its slot.</summary>
internal sealed class ExactIndex<TMetric> : IMutableVectorIndex
    where TMetric : struct, IMetric
{
    private readonly IndexGate _gate = new();
    private readonly ScratchPool<PanelScratch> _panels = new(() => new PanelScratch());
    private readonly VectorRows _vectors;
    private readonly Dictionary<long, int> _slots;
    private long[] _ids;
    private int _count;

    /// <param name="vectors">As stored: already checked and scaled. Row i belongs to id i.</param>
    /// <exception cref="ArgumentException">An id occurs twice.</exception>
    public ExactIndex(VectorRows vectors, ReadOnlySpan<long> ids)
    {
        _vectors = vectors;
        _count = ids.Length;
        _ids = new long[vectors.Capacity];
        ids.CopyTo(_ids);
        _slots = new Dictionary<long, int>(ids.Length);
        for (var slot = 0; slot < ids.Length; slot++)
            _slots.Add(ids[slot], slot);
    }

    public string Name => ExactIndexFactory.IndexName;

    public VectorMetric Metric => TMetric.Kind;

    public int Dimension => _vectors.Dimension;

    public int Count => Volatile.Read(ref _count);

    public bool Contains(long id)
    {
        using var reading = _gate.Read();
        return _slots.ContainsKey(id);
    }

    public long[] ListIds()
    {
        long[] ids;
        using (_gate.Read())
            ids = _ids[.._count];
        Array.Sort(ids);
        return ids;
    }

    public bool TryGetVector(long id, Span<float> destination)
    {
        using var reading = _gate.Read();
        if (!_slots.TryGetValue(id, out var slot)) return false;
        _vectors.Row(slot).CopyTo(destination);
        return true;
    }

    public int Search(ReadOnlySpan<float> query, int k, SearchOptions options, Span<ScoredId> results, out SearchStatistics statistics)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        using var prepared = VectorIntake.Prepare(query, TMetric.Kind, Dimension);
        using var reading = _gate.Read();
        var top = new TopK(ResultRoom.For(k, _count, results));
        if (options.Filter is not null)
        {
            var looked = FilterScan<TMetric>.Run(prepared.Vector, _vectors, new SlotFilter<SlotIds>(new SlotIds(this), options.Filter), ref top);
            statistics = new SearchStatistics(looked, looked);
            return top.Sort();
        }
        BlockScan<TMetric>.Run(prepared.Vector, _vectors, _ids, _count, options.Threads, ref top);
        statistics = new SearchStatistics(_count, _count);
        return top.Sort();
    }

    public void SearchAll(
        ReadOnlyMemory<float> queries, int k, SearchOptions options, Memory<ScoredId> results, Memory<int> counts, out SearchStatistics statistics)
    {
        if (options.Filter is not null || queries.Length < ProductScan.LeastQueries * Dimension)
        {
            ManyQueries.SearchEach(this, queries, k, options, results, counts, out statistics);
            return;
        }
        var count = ManyQueries.Require(this, queries.Span, k, results.Length, counts.Length);
        var panel = ProductScan.PanelOf(count, options.Threads);
        long compared = 0, rescored = 0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads };
        Parallel.For(0, (count + panel - 1) / panel, parallel, number =>
        {
            var first = number * panel;
            var size = Math.Min(panel, count - first);
            var scratch = _panels.Rent();
            try
            {
                scratch.Begin(queries.Span.Slice(first * Dimension, size * Dimension), TMetric.Kind, Dimension);
                using var reading = _gate.Read();
                var stored = _count;
                var looked = ProductScan.Run<TMetric>(scratch, _vectors, _ids.AsSpan(0, stored), k, results.Span.Slice(first * k, size * k), counts.Span.Slice(first, size));
                Interlocked.Add(ref compared, (long)size * stored);
                Interlocked.Add(ref rescored, looked);
            }
            finally
            {
                _panels.Return(scratch);
            }
        });
        statistics = new SearchStatistics(compared + rescored, compared, rescored);
    }

    public bool Upsert(long id, ReadOnlySpan<float> vector)
    {
        using var writing = _gate.Write();
        // Slot _count is free, and what lies there searches never read: the place to check and convert the vector before anyone waits.
        EnsureRoomForOneMore();
        var incoming = _vectors.Row(_count);
        VectorIntake.Store(vector, TMetric.Kind, incoming);

        using var publishing = _gate.Publish();
        if (_slots.TryGetValue(id, out var slot))
        {
            incoming.CopyTo(_vectors.Row(slot));
            return false;
        }
        _ids[_count] = id;
        _slots.Add(id, _count);
        _count++;
        return true;
    }

    public bool Remove(long id)
    {
        using var writing = _gate.Write();
        using var publishing = _gate.Publish();
        if (!_slots.Remove(id, out var slot)) return false;
        var last = --_count;
        if (slot != last)
        {
            _vectors.Row(last).CopyTo(_vectors.Row(slot));
            _ids[slot] = _ids[last];
            _slots[_ids[slot]] = slot;
        }
        return true;
    }

    public IndexDescription Describe()
    {
        using var reading = _gate.Read();
        return new IndexDescription
        {
            Kind = Name,
            Shape = new IndexShape(TMetric.Kind, Dimension),
            Count = _count,
            Vectors = _count,
            Options = OptionText.Of(),
            BuildTime = _gate.Writing,
            Memory = new IndexMemory(_vectors.Bytes, Codes: 0, Links: 0, MemorySize.Of(_ids) + MemorySize.Of(_slots), Other: 0),
        };
    }

    public void Save(Stream stream)
    {
        using var holding = _gate.Hold();
        ExactIndexFile.Save(stream, new IndexShape(TMetric.Kind, Dimension), _ids.AsSpan(0, _count), _vectors);
    }

    public void Dispose() => _gate.Dispose();

    private void EnsureRoomForOneMore()
    {
        if (_count < _vectors.Capacity) return;
        using var publishing = _gate.Publish();
        _vectors.EnsureCapacity(_count + 1);
        Array.Resize(ref _ids, _vectors.Capacity);
    }

    private readonly struct SlotIds(ExactIndex<TMetric> index) : ISlotIds
    {
        public int SlotCount => index._count;

        public ReadOnlySpan<long> Of(int slot) => index._ids.AsSpan(slot, 1);

        public int SlotOf(long id) => index._slots.TryGetValue(id, out var slot) ? slot : -1;
    }
}
