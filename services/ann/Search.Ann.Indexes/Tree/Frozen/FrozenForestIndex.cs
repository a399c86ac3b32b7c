using Search.Ann.Indexes.Candidates;
using Search.Ann.Indexes.Filters;
using Search.Ann.Indexes.Metrics;
using Search.Ann.Indexes.Statistics;
using Search.Ann.Indexes.Storage.Frozen;
using Search.Vectors;

namespace Search.Ann.Indexes.Tree.Frozen;

/// <summary>A forest laid out for searching alone, in memory or in a mapped file: the walk, the scores and the answers are those of the live one.</summary>
internal sealed class FrozenForestIndex<TMetric> : FrozenIndex<TMetric, FrozenForest>
    where TMetric : struct, IMetric
{
    private readonly CandidateSearch<TMetric, FrozenSlots> _search;
    private readonly TimeSpan _buildTime;

    /// <inheritdoc cref="FrozenIndex{TMetric,TStructure}(FrozenSlots,TStructure,Func{TStructure},int)"/>
    public FrozenForestIndex(FrozenForest forest, FrozenSlots slots, FrozenForestOptions options, Func<FrozenForest>? proof, TimeSpan buildTime)
        : base(slots, forest, proof, options.Effort)
    {
        _search = new CandidateSearch<TMetric, FrozenSlots>(slots, forest.CreateScratch);
        _buildTime = buildTime;
    }

    public override string Name => FrozenForestCreation.IndexName;

    protected override IndexDescription Describe(FrozenForest forest)
    {
        var (options, vectors, ids) = (forest.Shape.Options, Slots.Vectors.Values.Bytes, Slots.Ids.Bytes);
        return new IndexDescription
        {
            Kind = Name,
            Shape = new IndexShape(TMetric.Kind, Dimension),
            Count = Count,
            Vectors = Slots.SlotCount,
            Options = OptionText.Of(
                (nameof(ForestOptions.Trees), options.Trees), (nameof(ForestOptions.LeafSize), options.LeafSize), (nameof(FrozenForestOptions.Effort), DefaultEffort),
                (nameof(ForestOptions.Seed), options.Seed)),
            BuildTime = _buildTime,
            Memory = new IndexMemory(vectors, Codes: 0, forest.Arrays.Bytes, ids, Other: 0, Mapped: Slots.IsMapped ? vectors + forest.Arrays.Bytes + ids : 0),
            Structure = [forest.Occupancy()],
        };
    }

    protected override int Search(
        FrozenForest forest, ReadOnlySpan<float> query, int k, int effort, IdFilter? filter, Span<ScoredId> results, out SearchStatistics statistics) =>
        _search.Run(forest, query, k, effort, filter, results, out statistics);

    protected override void Save(Stream stream, FrozenForest forest)
    {
        FrozenForestFile.Save(stream, forest, Slots);
        forest.Arrays.Normals.RestOnDisk();
        forest.Arrays.Leaves.RestOnDisk();
    }

    protected override void Release(FrozenForest forest) => forest.Arrays.Release();
}

/// <summary>A frozen forest of given parts, compiled for its metric.</summary>
internal sealed record FrozenForestCreation(FrozenForest Forest, FrozenSlots Slots, FrozenForestOptions Options, Func<FrozenForest>? Proof = null, TimeSpan BuildTime = default)
    : IMetricAction<IVectorIndex>
{
    public const string IndexName = "forest-frozen";

    public IVectorIndex Run<TMetric>()
        where TMetric : struct, IMetric => new FrozenForestIndex<TMetric>(Forest, Slots, Options, Proof, BuildTime);
}
