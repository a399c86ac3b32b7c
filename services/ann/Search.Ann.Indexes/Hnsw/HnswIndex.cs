using Search.Ann.Indexes.Filters;
using Search.Ann.Indexes.Hnsw.Frozen;
using Search.Ann.Indexes.Metrics;
using Search.Ann.Indexes.Storage;
using Search.Ann.Indexes.Tuning;
using Search.Vectors;

namespace Search.Ann.Indexes.Hnsw;

/// <summary>
/// Hierarchical navigable small world graph: Malkov and Yashunin, "Efficient and robust approximate nearest neighbor search using HNSW graphs",
/// TPAMI 2018, with links that go both ways, a spanning tree that keeps every node reachable, and one node for equal vectors.
/// </summary>
internal sealed partial class HnswIndex<TMetric> : IMutableVectorIndex, ITunableIndex, IFreezable
    where TMetric : struct, IMetric
{
    private readonly IndexGate _gate = new();
    private readonly ScratchPool<SearchScratch> _scratches = new(() => new SearchScratch());
    private readonly HnswOptions _options;
    private readonly HnswGraph _graph;
    private readonly VectorRows _vectors;
    private readonly NodeMembers _members;
    private readonly Dictionary<long, int> _slots = [];

    // Of the one writer.
    private readonly Stack<int> _free;
    private readonly EqualVectors _equal;
    private readonly LevelDraw _levels;
    private readonly GraphEdit _edit;
    private readonly GraphLinker<TMetric> _linker;
    private readonly GraphRepair<TMetric> _repair;
    private readonly NodePlanner<TMetric> _planner;

    private EffortSetting _defaultEffort;

    public HnswIndex(HnswOptions options, HnswContents contents)
    {
        _options = options;
        _defaultEffort = new EffortSetting(options.EfSearch);
        _graph = contents.Graph;
        _vectors = contents.Vectors;
        _members = contents.Members;
        _free = contents.Free;
        _equal = new EqualVectors(_vectors);
        _levels = new LevelDraw(options.Seed, options.M);
        _edit = new GraphEdit(_graph);
        _linker = new GraphLinker<TMetric>(_graph, _vectors, _edit, options.AlphaSquared);
        _repair = new GraphRepair<TMetric>(_graph, _vectors, _edit, _linker, options.AlphaSquared);
        _planner = new NodePlanner<TMetric>(_graph, _vectors, _scratches, options.EfConstruction, options.AlphaSquared);
        for (var slot = 0; slot < _graph.SlotCount; slot++)
        {
            if (_graph.Level(slot) == HnswGraph.Free) continue;
            _equal.Add(slot);
            foreach (var id in _members.Of(slot))
                _slots.Add(id, slot);
        }
    }

    public string Name => HnswIndexFactory.IndexName;

    public int DefaultEffort
    {
        get => _defaultEffort.Value;
        set => _defaultEffort.Value = value;
    }

    public VectorMetric Metric => TMetric.Kind;

    public int Dimension => _vectors.Dimension;

    public int Count
    {
        get
        {
            using var reading = _gate.Read();
            return _slots.Count;
        }
    }

    public bool Contains(long id)
    {
        using var reading = _gate.Read();
        return _slots.ContainsKey(id);
    }

    public long[] ListIds()
    {
        long[] ids;
        using (_gate.Read())
            ids = [.. _slots.Keys];
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
        var scratch = _scratches.Rent();
        scratch.Begin();
        try
        {
            using var reading = _gate.Read();
            statistics = default;
            var top = new TopK(ResultRoom.For(k, _slots.Count, results));
            if (_graph.Entry == HnswGraph.NoSlot) return 0;

            var ef = Math.Max(k, options.Effort > 0 ? options.Effort : DefaultEffort);
            if (options.Filter is null && ef >= _slots.Count)
            {
                statistics = Scan(prepared.Vector, ref top);
                return top.Sort();
            }
            var walk = new LiveWalk<TMetric>(_graph, _vectors, prepared.Vector);
            if (options.Filter is not null)
            {
                SearchFiltered(walk, prepared.Vector, k, ef, new SlotFilter<Ids>(new Ids(this), options.Filter), scratch, ref top);
                statistics = new SearchStatistics(scratch.Distances, scratch.Visits);
                return top.Sort();
            }
            GraphSearch.Layer(walk, GraphSearch.Descend(walk, 0, scratch), ef, 0, scratch);
            foreach (var found in scratch.Pool.Items)
            {
                foreach (var id in _members.Of(ScoredSlot.Slot(found)))
                {
                    // Ids ascend and share the score: where one does not enter, none after it does.
                    if (!top.Offer(id, ScoredSlot.Score(found))) break;
                }
            }
            statistics = new SearchStatistics(scratch.Distances, scratch.Visits);
            return top.Sort();
        }
        finally
        {
            _scratches.Return(scratch);
        }
    }

    /// <summary>Looks at every vector, in the order of memory: a walk with room for all would, too, and with more to do.</summary>
    private SearchStatistics Scan(ReadOnlySpan<float> query, ref TopK top)
    {
        long looked = 0;
        for (var slot = 0; slot < _graph.SlotCount; slot++)
        {
            var ids = _members.Of(slot);
            if (ids.IsEmpty) continue;
            looked++;
            var score = TMetric.Score(query, _vectors.Row(slot));
            if (score < top.Threshold) continue;
            foreach (var id in ids)
            {
                if (!top.Offer(id, score)) break;
            }
        }
        return new SearchStatistics(looked, looked);
    }

    public bool Upsert(long id, ReadOnlySpan<float> vector)
    {
        using var writing = _gate.Write();
        var slot = PeekFreeSlot();
        var row = _vectors.Row(slot);
        VectorIntake.Store(vector, TMetric.Kind, row);

        var isKnown = _slots.TryGetValue(id, out var before);
        if (!isKnown) before = HnswGraph.NoSlot;
        else if (EqualVectors.AreEqual(row, _vectors.Row(before))) return false;
        Move(id, before, _equal.TryFind(row, out var equal) ? equal : slot);
        return !isKnown;
    }

    public bool Remove(long id)
    {
        using var writing = _gate.Write();
        if (!_slots.TryGetValue(id, out var slot)) return false;
        Move(id, slot, HnswGraph.NoSlot);
        return true;
    }

    public void Save(Stream stream)
    {
        using var holding = _gate.Hold();
        HnswFile.Save(stream, new IndexShape(TMetric.Kind, Dimension), _options, new HnswContents(_graph, _vectors, _members, _free));
    }

    public IVectorIndex Freeze(FrozenHnswOptions options)
    {
        using var holding = _gate.Hold();
        return HnswFreezer.Freeze<TMetric>(Contents, options);
    }

    public void Dispose() => _gate.Dispose();

    /// <summary>The parts, for tests that check invariants. No writer may be at work.</summary>
    internal HnswContents Contents => new(_graph, _vectors, _members, _free);

    private void SearchFiltered(in LiveWalk<TMetric> walk, ReadOnlySpan<float> query, int k, int ef, SlotFilter<Ids> filter, SearchScratch scratch, ref TopK top)
    {
        if (FilteredSearch.TryCollect(walk, filter, _graph.MaxLinks(0), k, ef, scratch))
        {
            foreach (var found in scratch.Pool.Items)
                filter.Offer(ScoredSlot.Slot(found), ScoredSlot.Score(found), ref top);
            return;
        }
        var scanned = FilterScan<TMetric>.Run(query, _vectors, filter, ref top);
        scratch.Distances += scanned;
        scratch.Visits += scanned;
    }

    /// <summary>
    /// Takes the id from one node and gives it to another, either of which may be <see cref="HnswGraph.NoSlot"/>: a node that it is the first id
    /// of is linked in, one that it was the last id of is taken out. Searches see all of it or nothing; so does whoever catches an exception.
    /// </summary>
    private void Move(long id, int from, int to)
    {
        var added = to != HnswGraph.NoSlot && _members.Of(to).IsEmpty ? to : HnswGraph.NoSlot;
        var vacated = from != HnswGraph.NoSlot && _members.Of(from).Length == 1 ? from : HnswGraph.NoSlot;
        var entry = _graph.Entry;
        try
        {
            if (added != HnswGraph.NoSlot) PlanNode(added, _levels.For(id));
            if (vacated != HnswGraph.NoSlot)
            {
                if (entry == vacated) entry = EntryWithout(vacated);
                _repair.Remove(vacated);
            }
        }
        catch
        {
            _edit.Discard();
            if (added != HnswGraph.NoSlot) _graph.Vacate(added);
            throw;
        }
        if (added != HnswGraph.NoSlot && (entry == HnswGraph.NoSlot || _graph.Level(added) > _graph.Level(entry))) entry = added;
        if (vacated != HnswGraph.NoSlot) _equal.Remove(vacated);

        using (_gate.Publish())
        {
            _edit.Commit();
            _graph.Entry = entry;
            if (from != HnswGraph.NoSlot) _members.Remove(from, id);
            if (to != HnswGraph.NoSlot) _members.Add(to, id);
            if (to != HnswGraph.NoSlot) _slots[id] = to;
            else _slots.Remove(id);
            if (added == _graph.SlotCount) _graph.SlotCount++;
            else if (added != HnswGraph.NoSlot) _free.Pop();
            if (vacated != HnswGraph.NoSlot) _graph.Vacate(vacated);
        }
        if (vacated != HnswGraph.NoSlot) _free.Push(vacated);
        if (added != HnswGraph.NoSlot) _equal.Add(added);
    }

    /// <summary>Algorithm 1 of the paper.</summary>
    private void PlanNode(int node, int level)
    {
        _graph.Occupy(node, level);
        if (_graph.Entry == HnswGraph.NoSlot) return; // the first node: root of the tree, without links
        var staged = new StagedNode(node, 0, level, Math.Min(level, _graph.TopLevel));
        _planner.Plan(staged, []);
        LinkIn(staged);
    }

    private void LinkIn(StagedNode node)
    {
        for (var level = node.Chosen.Length - 1; level >= 0; level--)
        {
            if (level == 0) _linker.Attach(node.Slot, node.Nearest);
            _linker.Connect(level, node.Slot, node.Chosen[level]);
        }
    }

    private int EntryWithout(int slot)
    {
        var top = _graph.Level(slot);
        foreach (var neighbour in _graph.Row(top, slot).Links)
            return neighbour; // on the highest level too, or it would not be linked there
        var (entry, level) = (HnswGraph.NoSlot, (int)HnswGraph.Free);
        for (var other = 0; other < _graph.SlotCount; other++)
        {
            if (other != slot && _graph.Level(other) > level) (entry, level) = (other, _graph.Level(other));
        }
        return entry;
    }

    /// <summary>A slot that nothing leads to. It stays free until a node is published in it.</summary>
    private int PeekFreeSlot()
    {
        if (_free.TryPeek(out var slot)) return slot;
        slot = _graph.SlotCount;
        if (slot < _graph.Capacity && slot < _vectors.Capacity && slot < _members.Capacity) return slot;
        using var publishing = _gate.Publish();
        _graph.EnsureCapacity(slot + 1);
        _vectors.EnsureCapacity(slot + 1);
        _members.EnsureCapacity(slot + 1);
        return slot;
    }

    private readonly struct Ids(HnswIndex<TMetric> index) : ISlotIds
    {
        public int SlotCount => index._graph.SlotCount;

        public ReadOnlySpan<long> Of(int slot) => index._members.Of(slot);

        public int SlotOf(long id) => index._slots.TryGetValue(id, out var slot) ? slot : HnswGraph.NoSlot;
    }
}
