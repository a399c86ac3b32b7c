using System.Buffers;
using Search.Ann.Indexes.Filters;
using Search.Ann.Indexes.Metrics;
using Search.Ann.Indexes.Rescoring.Codes;
using Search.Ann.Indexes.Statistics;
using Search.Ann.Indexes.Storage;
using Search.Ann.Indexes.Tuning;
using Search.Vectors;

namespace Search.Ann.Indexes.Hnsw.Frozen;

/// <summary>
/// An HNSW graph laid out for searching alone: codes lead the way, and the best of what they find are scored again by the vectors themselves, so
/// scores are the same bits as those of every other index. Immutable, so searches take no lock.
/// </summary>
internal sealed class FrozenHnswIndex<TMetric, TCode, TWalk> : IVectorIndex, ITunableIndex
    where TMetric : struct, IMetric
    where TCode : struct, IGraphCode<TWalk>
    where TWalk : struct, IGraphWalk, allows ref struct
{
    public const string IndexName = "hnsw-frozen";

    private readonly ScratchPool<SearchScratch> _scratches = new(() => new SearchScratch());
    private readonly FrozenContents _contents;
    private readonly TCode _code;
    private readonly FrozenVectors _vectors;
    private readonly FrozenIds _ids;
    private readonly FrozenHnswOptions _options;
    private readonly Task _proving = Task.CompletedTask;
    private readonly TimeSpan _buildTime;
    private FrozenGraph _graph;
    private EffortSetting _defaultEffort;
    private Exception? _damage;
    private bool _isDisposed;

    /// <param name="proof">Checks what is not proven yet, beside the first searches, and gives the graph to walk from then on.</param>
    public FrozenHnswIndex(TCode code, FrozenContents contents, FrozenHnswOptions options, Func<FrozenGraph>? proof = null, TimeSpan buildTime = default)
    {
        _code = code;
        _contents = contents;
        (_graph, _vectors, _ids) = contents;
        _options = options;
        _defaultEffort = new EffortSetting(options.EfSearch);
        _buildTime = buildTime;
        if (proof is not null) _proving = Task.Run(() => Prove(proof));
    }

    public string Name => IndexName;

    public int DefaultEffort
    {
        get => _defaultEffort.Value;
        set => _defaultEffort.Value = value;
    }

    public VectorMetric Metric => TMetric.Kind;

    public int Dimension => _vectors.Dimension;

    public int Count => _ids.Count;

    public bool Contains(long id)
    {
        RequireSound();
        var slot = _ids.SlotOf(id);
        GC.KeepAlive(this);
        return slot >= 0;
    }

    public long[] ListIds()
    {
        RequireSound();
        var ids = _ids.List();
        GC.KeepAlive(this);
        return ids;
    }

    public bool TryGetVector(long id, Span<float> destination)
    {
        RequireSound();
        var slot = _ids.SlotOf(id);
        if (slot >= 0) _vectors.Row(slot).CopyTo(destination);
        GC.KeepAlive(this);
        return slot >= 0;
    }

    public int Search(ReadOnlySpan<float> query, int k, SearchOptions search, Span<ScoredId> results, out SearchStatistics statistics)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        RequireSound();
        using var prepared = VectorIntake.Prepare(query, TMetric.Kind, Dimension);
        var top = new TopK(ResultRoom.For(k, _ids.Count, results));
        statistics = default;
        var graph = Volatile.Read(ref _graph);
        if (graph.Count == 0) return 0;

        var ef = Math.Max(k, search.Effort > 0 ? search.Effort : DefaultEffort);
        if (search.Filter is null && ef >= graph.Count)
        {
            // Room for all: the codes would choose nothing.
            for (var slot = 0; slot < graph.Count; slot++)
                Offer(slot, TMetric.Score(prepared.Vector, _vectors.Row(slot)), ref top);
            GC.KeepAlive(this);
            statistics = new SearchStatistics(graph.Count, graph.Count);
            return top.Sort();
        }
        var scratch = _scratches.Rent();
        scratch.Begin();
        var room = ArrayPool<byte>.Shared.Rent(_code.QueryBytes);
        try
        {
            var walk = _code.Walk(graph, prepared.Vector, room.AsSpan(0, _code.QueryBytes));
            if (search.Filter is not null)
            {
                var filter = new SlotFilter<Ids>(new Ids(graph.Count, _ids), search.Filter);
                var isWalk = FilteredSearch.TryCollect(walk, filter, 2 * graph.M, k, ef, scratch);
                var looked = isWalk
                    ? RescoreFiltered(prepared.Vector, scratch.Pool.Items, filter, ref top)
                    : FilterScan<TMetric>.Run(prepared.Vector, _vectors, filter, ref top);
                statistics = isWalk
                    ? new SearchStatistics(scratch.Distances + looked, scratch.Visits, looked)
                    : new SearchStatistics(scratch.Distances + looked, scratch.Visits + looked);
                return top.Sort();
            }
            GraphSearch.Layer(walk, GraphSearch.Descend(walk, 0, scratch), ef, 0, scratch);
            var rescored = Rescore(prepared.Vector, scratch.Pool.Items, ref top);
            statistics = new SearchStatistics(scratch.Distances + rescored, scratch.Visits, rescored);
            return top.Sort();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
            _scratches.Return(scratch);
            // The memory behind the spans goes with the index.
            GC.KeepAlive(graph);
            GC.KeepAlive(this);
        }
    }

    public IndexDescription Describe()
    {
        var graph = Volatile.Read(ref _graph);
        return new IndexDescription
        {
            Kind = Name,
            Shape = new IndexShape(TMetric.Kind, Dimension),
            Count = _ids.Count,
            Vectors = graph.Count,
            Options = OptionText.Of(
                (nameof(HnswOptions.M), graph.M), (nameof(FrozenHnswOptions.EfSearch), DefaultEffort),
                (nameof(FrozenHnswOptions.Code), (FormattableString)$"{_code.Name}"), (nameof(CodeOptions.TrainingSample), _options.Code.TrainingSample)),
            BuildTime = _buildTime,
            Memory = new IndexMemory(
                _vectors.Values.Bytes, graph.AllCodeBytes, graph.Bytes - graph.AllCodeBytes, _ids.Bytes, Other: 0,
                Mapped: (_vectors.Values.Region.IsMapped ? _vectors.Values.Bytes + _ids.Bytes : 0) + (graph.Rows.Region.IsMapped ? graph.Rows.Bytes : 0)),
            Structure = [.. Enumerable.Range(0, graph.TopLevel + 1).Select(level => LinksOn(graph, level))],
        };
    }

    public void Save(Stream stream)
    {
        // What is written gets new checksums, which must not vouch for damage.
        _proving.Wait();
        RequireSound();
        FrozenHnswFile.Save<TCode, TWalk>(stream, TMetric.Kind, _code, _contents with { Graph = _graph });
        // Writing has brought all of them.
        _vectors.Values.RestOnDisk();
        GC.KeepAlive(this);
    }

    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        // It reads the file to its end before it sees anything, and the memory must be there so long.
        _proving.Wait();
        _contents.Release();
        _graph.Rows.Region.Dispose();
    }

    private void Prove(Func<FrozenGraph> proof)
    {
        try
        {
            Volatile.Write(ref _graph, proof());
        }
        catch (Exception e)
        {
            Volatile.Write(ref _damage, e);
        }
    }

    private void RequireSound()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (Volatile.Read(ref _damage) is { } damage) throw new InvalidDataException(damage.Message, damage);
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
        var ahead = RowsAhead.Of(sizeof(float) * Dimension);
        for (var i = 0; i < Math.Min(ahead, found.Length); i++)
            _vectors.Prefetch(ScoredSlot.Slot(found[i]));
        for (var i = 0; i < found.Length; i++)
        {
            if (i + ahead < found.Length) _vectors.Prefetch(ScoredSlot.Slot(found[i + ahead]));
            var slot = ScoredSlot.Slot(found[i]);
            Offer(slot, TMetric.Score(query, _vectors.Row(slot)), ref top);
        }
        return found.Length;
    }

    private int RescoreFiltered(ReadOnlySpan<float> query, ReadOnlySpan<ulong> found, SlotFilter<Ids> filter, ref TopK top)
    {
        foreach (var item in found)
            filter.Offer(ScoredSlot.Slot(item), TMetric.Score(query, _vectors.Row(ScoredSlot.Slot(item))), ref top);
        return found.Length;
    }

    private readonly struct Ids(int slots, FrozenIds ids) : ISlotIds
    {
        public int SlotCount => slots;

        public ReadOnlySpan<long> Of(int slot) => ids.Of(slot);

        public int SlotOf(long id) => ids.SlotOf(id);
    }

    private void Offer(int slot, float score, ref TopK top)
    {
        if (score < top.Threshold) return;
        foreach (var id in _ids.Of(slot))
        {
            if (!top.Offer(id, score)) break;
        }
    }
}
