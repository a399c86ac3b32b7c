using System.Runtime.InteropServices;
using Search.Ann.Indexes.Metrics;

namespace Search.Ann.Indexes.Hnsw;

/// <content>
/// Many vectors at once. New nodes are staged in batches; a batch is planned on all threads against the graph as it stands and against itself, then linked in
/// and published in order. What the batches are depends on the input alone, so the graph does not depend on the number of threads.
/// </content>
internal sealed partial class HnswIndex<TMetric>
    where TMetric : struct, IMetric
{
    // Comparing a batch with itself costs half its size in distances a node; a search costs thousands.
    private const int LargestBatch = 256;

    // A batch of an eighth of the graph finds nearly all its neighbours in it.
    private const int GraphToBatch = 8;

    private readonly List<StagedNode> _staged = [];
    private readonly HashSet<long> _stagedIds = [];
    private PlanningCodes? _codes;

    public int UpsertUntil(ReadOnlyMemory<long> ids, ReadOnlyMemory<float> vectors, int threads, CancellationToken stop)
    {
        BulkShape.Require(ids, vectors, Dimension, threads);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads == 0 ? Environment.ProcessorCount : threads };
        using var writing = _gate.Write();
        try
        {
            _codes = PlanningCodes.For(vectors.Span, Dimension, _graph.SlotCount - _free.Count, TMetric.Kind);
            if (_codes is not null) EncodeAll(_codes, parallel);
            var done = 0;
            for (; done < ids.Length && !stop.IsCancellationRequested; done++)
                Stage(ids.Span[done], vectors.Span.Slice(done * Dimension, Dimension), parallel);
            return done;
        }
        finally
        {
            // Also when a vector was refused: those before it count.
            Flush(parallel);
            _codes = null;
        }
    }

    private void Stage(long id, ReadOnlySpan<float> vector, ParallelOptions parallel)
    {
        var slot = TakeFreeSlot();
        try
        {
            VectorIntake.Store(vector, TMetric.Kind, _vectors.Row(slot));
        }
        catch
        {
            _free.Push(slot);
            throw;
        }
        var level = _levels.For(id);
        var isPlain = !_slots.ContainsKey(id) && !_stagedIds.Contains(id) && !_equal.TryFind(_vectors.Row(slot), out _)
            && _graph.SlotCount >= GraphToBatch && level <= _graph.TopLevel;
        if (!isPlain)
        {
            // A replacement, an equal vector, a new highest level: rare, so it goes the ordinary way, after those before it.
            _free.Push(slot);
            Flush(parallel);
            Upsert(id, vector);
            EncodeOne(_slots[id]);
            return;
        }
        _codes?.EnsureCapacity(slot + 1);
        _graph.Occupy(slot, level);
        _equal.Add(slot);
        _staged.Add(new StagedNode(slot, id, level, level));
        _stagedIds.Add(id);
        if (_staged.Count >= Math.Min(LargestBatch, _graph.SlotCount / GraphToBatch)) Flush(parallel);
    }

    private void Flush(ParallelOptions parallel)
    {
        if (_staged.Count == 0) return;
        try
        {
            if (_codes is not null) Parallel.For(0, _staged.Count, parallel, i => EncodeOne(_staged[i].Slot));
            Parallel.For(0, _staged.Count, parallel, i => _planner.Plan(_staged[i], CollectionsMarshal.AsSpan(_staged)[..i], _codes));
            foreach (var node in _staged)
                LinkIn(node);
            using (_gate.Publish())
            {
                _edit.Commit();
                foreach (var node in _staged)
                {
                    _members.Add(node.Slot, node.Id);
                    _slots[node.Id] = node.Slot;
                }
            }
        }
        catch
        {
            _edit.Discard();
            foreach (var node in _staged)
            {
                _equal.Remove(node.Slot);
                _graph.Vacate(node.Slot);
                _free.Push(node.Slot);
            }
            throw;
        }
        finally
        {
            _staged.Clear();
            _stagedIds.Clear();
        }
    }

    private void EncodeAll(PlanningCodes codes, ParallelOptions parallel)
    {
        codes.EnsureCapacity(_graph.SlotCount);
        Parallel.For(0, _graph.SlotCount, parallel, slot =>
        {
            if (_graph.Level(slot) != HnswGraph.Free) EncodeOne(slot);
        });
    }

    private void EncodeOne(int slot)
    {
        _codes?.EnsureCapacity(slot + 1);
        _codes?.Encode(slot, _vectors.Row(slot));
    }

    /// <summary>A slot that nothing leads to, and that is not free any more.</summary>
    private int TakeFreeSlot()
    {
        var slot = PeekFreeSlot();
        if (!_free.TryPop(out _))
        {
            // Counted before it is published: it is of no level, or nothing leads to it.
            using var publishing = _gate.Publish();
            _graph.SlotCount++;
        }
        return slot;
    }
}
