using System.Buffers;
using Search.Ann.Indexes.Filters;
using Search.Ann.Indexes.Metrics;
using Search.Ann.Indexes.Statistics;
using Search.Ann.Indexes.Storage;
using Search.Vectors;
using Search.Vectors.Quantization.Scalar;

namespace Search.Ann.Indexes.Hnsw.Frozen;

/// <summary>
/// An HNSW graph laid out for searching alone: 8-bit codes lead the way, and the best of what they find are scored again by the vectors themselves, so
/// scores are the same bits as those of every other index. Immutable, so searches take no lock.
/// </summary>
internal sealed class FrozenHnswIndex<TMetric>(
    FrozenGraph graph, ScalarQuantizer quantizer, VectorRows vectors, FrozenIds ids, FrozenHnswOptions options, TimeSpan buildTime = default) : IVectorIndex
    where TMetric : struct, IMetric
{
    public const string IndexName = "hnsw-frozen";

    private readonly ScratchPool<SearchScratch> _scratches = new(() => new SearchScratch());

    public string Name => IndexName;

    public VectorMetric Metric => TMetric.Kind;

    public int Dimension => vectors.Dimension;

    public int Count => ids.Count;

    public bool Contains(long id) => ids.SlotOf(id) >= 0;

    public bool TryGetVector(long id, Span<float> destination)
    {
        var slot = ids.SlotOf(id);
        if (slot < 0) return false;
        vectors.Row(slot).CopyTo(destination);
        return true;
    }

    public int Search(ReadOnlySpan<float> query, int k, SearchOptions search, Span<ScoredId> results, out SearchStatistics statistics)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        using var prepared = VectorIntake.Prepare(query, TMetric.Kind, Dimension);
        var top = new TopK(ResultRoom.For(k, ids.Count, results));
        statistics = default;
        if (graph.Count == 0) return 0;

        var scratch = _scratches.Rent();
        scratch.Begin();
        var code = ArrayPool<sbyte>.Shared.Rent(Dimension);
        try
        {
            var queryCode = code.AsSpan(0, Dimension);
            var walk = new FrozenWalk(graph, quantizer.Prepare(prepared.Vector, queryCode), queryCode);
            var ef = Math.Max(k, search.Effort > 0 ? search.Effort : options.EfSearch);
            if (search.Filter is not null)
            {
                var filter = new SlotFilter<Ids>(new Ids(graph.Count, ids), search.Filter);
                var looked = FilteredSearch.TryCollect(walk, filter, 2 * graph.M, ef, scratch)
                    ? RescoreFiltered(prepared.Vector, scratch.Pool.Items, filter, ref top)
                    : FilterScan<TMetric>.Run(prepared.Vector, vectors, filter, ref top);
                statistics = new SearchStatistics(scratch.Distances + looked, scratch.Visits);
                return top.Sort();
            }
            GraphSearch.Layer(walk, GraphSearch.Descend(walk, 0, scratch), ef, 0, scratch);
            var rescored = Rescore(prepared.Vector, scratch.Pool.Items, ref top);
            statistics = new SearchStatistics(scratch.Distances + rescored, scratch.Visits, rescored);
            return top.Sort();
        }
        finally
        {
            ArrayPool<sbyte>.Shared.Return(code);
            _scratches.Return(scratch);
        }
    }

    public IndexDescription Describe() => new()
    {
        Kind = Name,
        Shape = new IndexShape(TMetric.Kind, Dimension),
        Count = ids.Count,
        Vectors = graph.Count,
        Options = OptionText.Of(
            (nameof(HnswOptions.M), graph.M), (nameof(FrozenHnswOptions.EfSearch), options.EfSearch),
            (nameof(FrozenHnswOptions.TrainingSample), options.TrainingSample), (nameof(FrozenHnswOptions.ClippedShare), options.ClippedShare)),
        BuildTime = buildTime,
        Memory = new IndexMemory(vectors.Bytes, graph.CodeBytes, graph.Bytes - graph.CodeBytes, ids.Bytes, Other: 0),
        Structure = [.. Enumerable.Range(0, graph.TopLevel + 1).Select(LinksOn)],
    };

    public void Save(Stream stream) => FrozenHnswFile.Save(stream, TMetric.Kind, graph, quantizer, vectors, ids);

    public void Dispose()
    {
        // Nothing but memory of the collector's.
    }

    private Histogram LinksOn(int level)
    {
        var tally = new Tally();
        for (var slot = 0; slot < graph.LevelCounts[level]; slot++)
            tally.Count(graph.LinkCountOf(level, slot));
        return tally.Of($"links on level {level}");
    }

    private int Rescore(ReadOnlySpan<float> query, ReadOnlySpan<ulong> found, ref TopK top)
    {
        const int ahead = 4;
        for (var i = 0; i < Math.Min(ahead, found.Length); i++)
            vectors.Prefetch(ScoredSlot.Slot(found[i]));
        for (var i = 0; i < found.Length; i++)
        {
            if (i + ahead < found.Length) vectors.Prefetch(ScoredSlot.Slot(found[i + ahead]));
            var slot = ScoredSlot.Slot(found[i]);
            var score = TMetric.Score(query, vectors.Row(slot));
            foreach (var id in ids.Of(slot))
            {
                if (!top.Offer(id, score)) break;
            }
        }
        return found.Length;
    }

    private int RescoreFiltered(ReadOnlySpan<float> query, ReadOnlySpan<ulong> found, SlotFilter<Ids> filter, ref TopK top)
    {
        foreach (var item in found)
            filter.Offer(ScoredSlot.Slot(item), TMetric.Score(query, vectors.Row(ScoredSlot.Slot(item))), ref top);
        return found.Length;
    }

    private readonly struct Ids(int slots, FrozenIds ids) : ISlotIds
    {
        public int SlotCount => slots;

        public ReadOnlySpan<long> Of(int slot) => ids.Of(slot);

        public int SlotOf(long id) => ids.SlotOf(id);
    }
}
