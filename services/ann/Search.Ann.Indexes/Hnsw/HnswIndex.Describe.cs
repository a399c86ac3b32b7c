using Search.Ann.Indexes.Metrics;
using Search.Ann.Indexes.Statistics;

namespace Search.Ann.Indexes.Hnsw;

/// <content>What the graph takes and how its nodes are linked.</content>
internal sealed partial class HnswIndex<TMetric>
    where TMetric : struct, IMetric
{
    // Some 50 µs of reading: how long a write, and the searches behind it, wait at most.
    private const int SlotsAStep = 1_024;

    public IndexDescription Describe()
    {
        var tallies = new List<Tally>();
        var nodes = 0;
        for (var from = 0; ; from += SlotsAStep)
        {
            using var reading = _gate.Read();
            for (var slot = from; slot < Math.Min(from + SlotsAStep, _graph.SlotCount); slot++)
            {
                // Free, or staged and linked to nothing yet.
                if (_graph.Level(slot) == HnswGraph.Free || _members.Of(slot).IsEmpty) continue;
                nodes++;
                for (var level = 0; level <= _graph.Level(slot); level++)
                {
                    if (level == tallies.Count) tallies.Add(new Tally());
                    tallies[level].Count(_graph.Row(level, slot).Count);
                }
            }
            if (from + SlotsAStep >= _graph.SlotCount) break;
        }

        using var counting = _gate.Read();
        return new IndexDescription
        {
            Kind = Name,
            Shape = new IndexShape(TMetric.Kind, Dimension),
            Count = _slots.Count,
            Vectors = nodes,
            Options = OptionText.Of(
                (nameof(HnswOptions.M), _options.M), (nameof(HnswOptions.EfConstruction), _options.EfConstruction),
                (nameof(HnswOptions.EfSearch), DefaultEffort), (nameof(HnswOptions.Alpha), _options.Alpha), (nameof(HnswOptions.Seed), _options.Seed)),
            BuildTime = _gate.Writing,
            Memory = new IndexMemory(
                _vectors.Bytes, Codes: 0, _graph.Bytes, MemorySize.Of(_slots) + _members.Bytes, _equal.Bytes + MemorySize.Of(_free)),
            Structure = [.. tallies.Select((tally, level) => tally.Of($"links on level {level}"))],
        };
    }
}
