using Search.Ann.Indexes.Candidates;
using Search.Ann.Indexes.Metrics;
using Search.Vectors.Files;

namespace Search.Ann.Indexes.Tree;

/// <summary>
/// Approximate search in a forest of random-projection trees, in the manner of Annoy: <see cref="SearchOptions.Effort"/> is the number of candidates
/// that are looked at exactly.
/// </summary>
/// <param name="options">For new indexes; a loaded one keeps those it was made with, but for <see cref="ForestOptions.Effort"/>.</param>
public sealed class ForestIndexFactory(ForestOptions options) : IVectorIndexFactory
{
    /// <summary><see cref="Name"/> of this kind.</summary>
    public const string IndexName = "forest";

    /// <summary>With the options' defaults.</summary>
    public ForestIndexFactory()
        : this(new ForestOptions())
    {
    }

    /// <inheritdoc/>
    public string Name => IndexName;

    /// <inheritdoc/>
    public IMutableVectorIndex Create(IndexShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var table = new SlotTable(shape.Dimension);
        return Wrap(shape.Metric, table, new Forest(options, shape.Metric, table, []));
    }

    /// <inheritdoc/>
    public IMutableVectorIndex Load(Stream stream)
    {
        var reader = new ChecksumReader(stream);
        var (shape, table) = CandidateFile.Load(reader, ForestFile.Magic);
        return Wrap(shape.Metric, table, ForestFile.Load(reader, options, shape.Metric, table));
    }

    private static IMutableVectorIndex Wrap(VectorMetric metric, SlotTable table, Forest forest) =>
        MetricDispatch.Run(metric, new CandidateIndexCreation(IndexName, ForestFile.Magic, table, forest));
}
