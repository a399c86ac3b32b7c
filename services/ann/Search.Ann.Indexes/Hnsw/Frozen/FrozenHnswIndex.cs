using System.Buffers;
using Search.Ann.Indexes.Filters;
using Search.Ann.Indexes.Metrics;
using Search.Ann.Indexes.Rescoring.Codes;
using Search.Ann.Indexes.Statistics;
using Search.Ann.Indexes.Storage;
using Search.Ann.Indexes.Storage.Frozen;
using Search.Vectors;

namespace Search.Ann.Indexes.Hnsw.Frozen;

/// <summary>
/// An HNSW graph laid out for searching alone: codes lead the way, and the best of what they find are scored again by the vectors themselves, so
/// scores are the same bits as those of every other index.
/// </summary>
internal sealed class FrozenHnswIndex<TMetric, TCode, TWalk> : FrozenIndex<TMetric, FrozenGraph>
    where TMetric : struct, IMetric
    where TCode : struct, IGraphCode<TWalk>
    where TWalk : struct, IGraphWalk, allows ref struct
{
    public const string IndexName = "hnsw-frozen";

    private readonly ScratchPool<SearchScratch> _scratches = new(() => new SearchScratch());
    private readonly FrozenGraph _opened;
    private readonly TCode _code;
    private readonly FrozenSlots _slots;
    private readonly FrozenHnswOptions _options;
    private readonly TimeSpan _buildTime;

    /// <inheritdoc cref="FrozenIndex{TMetric,TStructure}(FrozenSlots,TStructure,Func{TStructure},int)"/>
    public FrozenHnswIndex(TCode code, FrozenContents contents, FrozenHnswOptions options, Func<FrozenGraph>? proof = null, TimeSpan buildTime = default)
        : base(contents.Slots, contents.Graph, proof, options.EfSearch)
    {
        _code = code;
        (_opened, _slots) = contents;
        _options = options;
        _buildTime = buildTime;
    }

    public override string Name => IndexName;

    protected override IndexDescription Describe(FrozenGraph graph) => new()
    {
        Kind = Name,
        Shape = new IndexShape(TMetric.Kind, Dimension),
        Count = Count,
        Vectors = graph.Count,
        Options = OptionText.Of(
            (nameof(HnswOptions.M), graph.M), (nameof(FrozenHnswOptions.EfSearch), DefaultEffort),
            (nameof(FrozenHnswOptions.Code), (FormattableString)$"{_code.Name}"), (nameof(CodeOptions.TrainingSample), _options.Code.TrainingSample)),
        BuildTime = _buildTime,
        Memory = new IndexMemory(
            _slots.Vectors.Values.Bytes, graph.AllCodeBytes, graph.Bytes - graph.AllCodeBytes, _slots.Ids.Bytes, Other: 0,
            Mapped: (_slots.IsMapped ? _slots.Vectors.Values.Bytes + _slots.Ids.Bytes : 0) + (graph.Rows.Region.IsMapped ? graph.Rows.Bytes : 0)),
        Structure = [.. Enumerable.Range(0, graph.TopLevel + 1).Select(level => LinksOn(graph, level))],
    };

    protected override int Search(
        FrozenGraph graph, ReadOnlySpan<float> query, int k, int effort, IdFilter? among, Span<ScoredId> results, out SearchStatistics statistics)
    {
        var top = new TopK(ResultRoom.For(k, Count, results));
        statistics = default;
        if (graph.Count == 0) return 0;

        var ef = Math.Max(k, effort);
        if (among is null && ef >= graph.Count)
        {
            // Room for all: the codes would choose nothing.
            for (var slot = 0; slot < graph.Count; slot++)
                Offer(slot, TMetric.Score(query, _slots.Row(slot)), ref top);
            statistics = new SearchStatistics(graph.Count, graph.Count);
            return top.Sort();
        }
        var scratch = _scratches.Rent();
        scratch.Begin();
        var room = ArrayPool<byte>.Shared.Rent(_code.QueryBytes);
        try
        {
            var walk = _code.Walk(graph, query, room.AsSpan(0, _code.QueryBytes));
            if (among is not null)
            {
                var filter = new SlotFilter<FrozenSlots>(_slots, among);
                var isWalk = FilteredSearch.TryCollect(walk, filter, 2 * graph.M, k, ef, scratch);
                var looked = isWalk
                    ? RescoreFiltered(query, scratch.Pool.Items, filter, ref top)
                    : FilterScan<TMetric>.Run(query, _slots, filter, ref top);
                statistics = isWalk
                    ? new SearchStatistics(scratch.Distances + looked, scratch.Visits, looked)
                    : new SearchStatistics(scratch.Distances + looked, scratch.Visits + looked);
                return top.Sort();
            }
            GraphSearch.Layer(walk, GraphSearch.Descend(walk, 0, scratch), ef, 0, scratch);
            var rescored = Rescore(query, scratch.Pool.Items, ref top);
            statistics = new SearchStatistics(scratch.Distances + rescored, scratch.Visits, rescored);
            return top.Sort();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
            _scratches.Return(scratch);
        }
    }

    protected override void Save(Stream stream, FrozenGraph graph) => FrozenHnswFile.Save<TCode, TWalk>(stream, TMetric.Kind, _code, new FrozenContents(graph, _slots));

    protected override void Release(FrozenGraph graph)
    {
        _opened.Rows.Region.Dispose();
        graph.Rows.Region.Dispose();
    }

    private static Histogram LinksOn(FrozenGraph graph, int level)
    {
        var tally = new Tally();
        for (var slot = 0; slot < graph.LevelCounts[level]; slot++)
            tally.Count(graph.LinkCountOf(level, slot));
        return tally.Of($"links on level {level}");
    }

    private int Rescore(ReadOnlySpan<float> query, ReadOnlySpan<ulong> found, ref TopK top)
    {
        var ahead = _slots.LookAhead;
        for (var i = 0; i < Math.Min(ahead, found.Length); i++)
            _slots.Prefetch(ScoredSlot.Slot(found[i]));
        for (var i = 0; i < found.Length; i++)
        {
            if (i + ahead < found.Length) _slots.Prefetch(ScoredSlot.Slot(found[i + ahead]));
            var slot = ScoredSlot.Slot(found[i]);
            Offer(slot, TMetric.Score(query, _slots.Row(slot)), ref top);
        }
        return found.Length;
    }

    private int RescoreFiltered(ReadOnlySpan<float> query, ReadOnlySpan<ulong> found, SlotFilter<FrozenSlots> filter, ref TopK top)
    {
        foreach (var item in found)
            filter.Offer(ScoredSlot.Slot(item), TMetric.Score(query, _slots.Row(ScoredSlot.Slot(item))), ref top);
        return found.Length;
    }

    private void Offer(int slot, float score, ref TopK top)
    {
        if (score < top.Threshold) return;
        foreach (var id in _slots.Of(slot))
        {
            if (!top.Offer(id, score)) break;
        }
    }
}
