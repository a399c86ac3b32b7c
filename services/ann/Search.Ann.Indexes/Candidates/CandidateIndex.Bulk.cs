using System.Runtime.InteropServices;
using Search.Ann.Indexes.Metrics;

namespace Search.Ann.Indexes.Candidates;

/// <summary>
/// Many writes at once. New vectors are staged: they have slots and nothing leads to them, until the source plans and commits them together. A write
/// that touches an id there already ends the batch and goes alone.
/// </summary>
internal sealed partial class CandidateIndex<TMetric>
{
    private readonly Dictionary<long, int> _staged = [];
    private readonly List<int> _stagedSlots = [];

    public int UpsertUntil(ReadOnlyMemory<long> ids, ReadOnlyMemory<float> vectors, int threads, CancellationToken stop)
    {
        BulkShape.Require(ids, vectors, Dimension, threads);
        if (threads == 0) threads = Environment.ProcessorCount;
        using var writing = _gate.Write();
        try
        {
            var batch = _source.BatchOf(ids.Length);
            for (var i = 0; i < ids.Length; i++)
            {
                if (stop.IsCancellationRequested) return i;
                var id = ids.Span[i];
                var vector = vectors.Span.Slice(i * Dimension, Dimension);
                if (!_staged.ContainsKey(id) && !_table.TryGetSlot(id, out _))
                {
                    Stage(id, vector);
                    if (_staged.Count < batch) continue;
                    PublishStaged(threads);
                }
                else
                {
                    PublishStaged(threads);
                    UpsertOne(id, vector);
                }
                batch = _source.BatchOf(ids.Length - i - 1);
            }
            return ids.Length;
        }
        finally
        {
            // Also those before one that was refused.
            PublishStaged(threads);
        }
    }

    private void Stage(long id, ReadOnlySpan<float> vector)
    {
        var slot = _table.PeekFree();
        var row = _table.Vectors.Row(slot);
        VectorIntake.Store(vector, TMetric.Kind, row);
        if (_table.TryFindEqual(row, out var equal))
        {
            _staged.Add(id, equal);
            return;
        }
        // Searches may count the slot as one that holds a vector, and pass over it for want of ids.
        using (_gate.Publish())
            _table.Take(slot);
        _stagedSlots.Add(slot);
        _staged.Add(id, slot);
    }

    private void PublishStaged(int threads)
    {
        if (_staged.Count == 0) return;
        var slots = CollectionsMarshal.AsSpan(_stagedSlots);
        if (slots.Length > 0) _source.PlanAddAll(slots, threads);
        using (_gate.Publish())
        {
            if (slots.Length > 0) _source.Commit();
            foreach (var (id, slot) in _staged)
                _table.Assign(id, slot);
        }
        _staged.Clear();
        _stagedSlots.Clear();
    }
}
