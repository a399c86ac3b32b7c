using System.Globalization;
using Search.Ann.Indexes.Hnsw;
using Search.Ann.Indexes.Metrics;
using Search.Ann.Indexes.Storage;
using Search.Ann.Indexes.Tuning;
using Search.Vectors;

namespace Search.Ann.Indexes.Candidates;

/// <summary>
/// An index in two steps that takes writes: a <see cref="ICandidateSource"/> proposes slots, and <see cref="CandidateSearch{TMetric,TSlots}"/> scores them.
/// </summary>
internal sealed partial class CandidateIndex<TMetric> : IMutableVectorIndex, ITunableIndex, IHeldCandidates
    where TMetric : struct, IMetric
{
    private readonly IndexGate _gate = new();
    private readonly SlotTable _table;
    private readonly ICandidateSource _source;
    private readonly string _magic;
    private readonly CandidateSearch<TMetric, TableSlots> _search;
    private EffortSetting _defaultEffort;

    /// <param name="magic">Of its files.</param>
    public CandidateIndex(string name, string magic, SlotTable table, ICandidateSource source)
    {
        Name = name;
        _magic = magic;
        _table = table;
        _source = source;
        _defaultEffort = new EffortSetting(source.DefaultEffort);
        _search = new CandidateSearch<TMetric, TableSlots>(new TableSlots(table), source.CreateScratch);
    }

    public string Name { get; }

    public int DefaultEffort
    {
        get => _defaultEffort.Value;
        set => _defaultEffort.Value = value;
    }

    public VectorMetric Metric => TMetric.Kind;

    public int Dimension => _table.Vectors.Dimension;

    public int Count
    {
        get
        {
            using var reading = _gate.Read();
            return _table.IdCount;
        }
    }

    public bool Contains(long id)
    {
        using var reading = _gate.Read();
        return _table.TryGetSlot(id, out _);
    }

    public long[] ListIds()
    {
        long[] ids;
        using (_gate.Read())
            ids = [.. _table.Ids];
        Array.Sort(ids);
        return ids;
    }

    public bool TryGetVector(long id, Span<float> destination)
    {
        using var reading = _gate.Read();
        if (!_table.TryGetSlot(id, out var slot)) return false;
        _table.Vectors.Row(slot).CopyTo(destination);
        return true;
    }

    public int Search(ReadOnlySpan<float> query, int k, SearchOptions options, Span<ScoredId> results, out SearchStatistics statistics)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        using var prepared = VectorIntake.Prepare(query, TMetric.Kind, Dimension);
        using var reading = _gate.Read();
        return _search.Run(_source, prepared.Vector, k, options.Effort > 0 ? options.Effort : DefaultEffort, options.Filter, results, out statistics);
    }

    public bool Upsert(long id, ReadOnlySpan<float> vector)
    {
        using var writing = _gate.Write();
        return UpsertOne(id, vector);
    }

    public bool Remove(long id)
    {
        using var writing = _gate.Write();
        if (!_table.TryGetSlot(id, out var slot)) return false;
        using (_gate.Publish())
            _table.Unassign(id);
        VacateIfUnused(slot);
        return true;
    }

    public IndexDescription Describe()
    {
        using var reading = _gate.Read();
        return new IndexDescription
        {
            Kind = Name,
            Shape = new IndexShape(TMetric.Kind, Dimension),
            Count = _table.IdCount,
            Vectors = _table.OccupiedCount,
            Options = new Dictionary<string, string>(_source.Options, StringComparer.Ordinal) { [nameof(SearchOptions.Effort)] = DefaultEffort.ToString(CultureInfo.InvariantCulture) },
            BuildTime = _gate.Writing,
            Memory = new IndexMemory(_table.Vectors.Bytes, Codes: 0, _source.Bytes, _table.IdBytes, _table.OtherBytes),
            Structure = [_source.Occupancy()],
        };
    }

    public void Save(Stream stream)
    {
        using var holding = _gate.Hold();
        CandidateFile.Save(stream, _magic, new IndexShape(TMetric.Kind, Dimension), _table, _source);
    }

    public TResult Hold<TResult>(Func<IndexShape, SlotTable, ICandidateSource, TResult> read)
    {
        using var holding = _gate.Hold();
        return read(new IndexShape(TMetric.Kind, Dimension), _table, _source);
    }

    public void Dispose() => _gate.Dispose();

    /// <summary>For tests that check invariants. No writer may be at work.</summary>
    internal (SlotTable Table, ICandidateSource Source) Parts => (_table, _source);

    private bool UpsertOne(long id, ReadOnlySpan<float> vector)
    {
        var fresh = _table.PeekFree();
        var row = _table.Vectors.Row(fresh);
        VectorIntake.Store(vector, TMetric.Kind, row);

        var isKnown = _table.TryGetSlot(id, out var before);
        if (isKnown && EqualVectors.AreEqual(row, _table.Vectors.Row(before))) return false;
        var isShared = _table.TryFindEqual(row, out var slot);
        if (!isShared) _source.PlanAdd(slot = fresh);
        using (_gate.Publish())
        {
            if (!isShared)
            {
                _table.Take(slot);
                _source.Commit();
            }
            _table.Assign(id, slot);
        }
        if (isKnown) VacateIfUnused(before);
        return !isKnown;
    }

    // Until here searches may still have been proposed the slot, and passed over it for want of ids: the id left it in the step in which it
    // went elsewhere, so no search ever saw it in both places or in neither.
    private void VacateIfUnused(int slot)
    {
        if (_table.IsOccupied(slot)) return;
        _source.PlanRemove(slot);
        using var publishing = _gate.Publish();
        _source.Commit();
        _table.GiveBack(slot);
    }
}
