using System.Diagnostics;
using Search.Ann.Indexes.Metrics;

namespace Search.Ann.Indexes.Hnsw;

/// <content>
/// Closing the gaps that removed nodes left: nodes from the end move into them one by one, and the room at the end is given back. Links go both ways, so all that names a node is in the rows of its
/// neighbours; the graph stays the same but for the numbers, and its distances need not be computed again.
/// </content>
internal sealed partial class HnswIndex<TMetric>
    where TMetric : struct, IMetric
{
    public long Compact()
    {
        using var writing = _gate.Write();
        var before = Describe().Memory.Total;
        var gaps = new PriorityQueue<int, int>(_free.Select(slot => (slot, slot)));
        var last = _graph.SlotCount - 1;
        while (true)
        {
            while (last >= 0 && _graph.Level(last) == HnswGraph.Free) last--;
            if (!gaps.TryDequeue(out var gap, out _) || gap > last) break;
            MoveNode(last--, gap);
        }
        using (_gate.Publish())
        {
            _graph.SlotCount = last + 1;
            _free.Clear();
            _graph.Trim();
            _vectors.Trim(_graph.SlotCount);
            _members.Trim(_graph.SlotCount);
            _slots.TrimExcess();
        }
        _free.TrimExcess();
        _equal.Trim();
        return before - Describe().Memory.Total;
    }

    private void MoveNode(int from, int to)
    {
        Debug.Assert(_graph.Level(to) == HnswGraph.Free);
        // Nothing leads there yet, so searches see none of this.
        _vectors.Row(from).CopyTo(_vectors.Row(to));
        var level = _graph.Level(from);
        _graph.Occupy(to, level);
        for (var l = 0; l <= level; l++)
            _graph.Row(l, from).Raw.CopyTo(_graph.Row(l, to).Raw);
        _equal.Remove(from);

        using (_gate.Publish())
        {
            for (var l = 0; l <= level; l++)
            {
                foreach (var neighbour in _graph.Row(l, to).Links)
                    _graph.Row(l, neighbour).Rename(from, to);
            }
            if (_graph.Entry == from) _graph.Entry = to;
            foreach (var id in _members.Of(from))
                _slots[id] = to;
            _members.Move(from, to);
            _graph.Vacate(from);
        }
        _equal.Add(to);
    }
}
