using Search.Ann.Indexes.Candidates;
using Search.Ann.Indexes.Metrics;
using Search.Vectors.Files;

namespace Search.Ann.Indexes.Lsh;

/// <summary>
/// Approximate search by locality-sensitive hashing: random hyperplanes for cosine and inner product, p-stable projections for squared L2, several tables,
/// and probes of neighbouring buckets until <see cref="SearchOptions.Effort"/> candidates are found.
/// </summary>
/// <param name="options">For new indexes; a loaded one keeps those it was made with, but for <see cref="LshOptions.Effort"/>.</param>
public sealed class LshIndexFactory(LshOptions options) : IVectorIndexFactory
{
    /// <summary><see cref="Name"/> of this kind.</summary>
    public const string IndexName = "lsh";

    /// <summary>With the options' defaults.</summary>
    public LshIndexFactory()
        : this(new LshOptions())
    {
    }

    /// <inheritdoc/>
    public string Name => IndexName;

    /// <inheritdoc/>
    public IMutableVectorIndex Create(IndexShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var table = new SlotTable(shape.Dimension);
        return Wrap(shape.Metric, table, new LshSource(options, shape.Metric, table));
    }

    /// <inheritdoc/>
    public IMutableVectorIndex Load(Stream stream)
    {
        var reader = new ChecksumReader(stream);
        var (shape, table) = CandidateFile.Load(reader, LshFile.Magic);
        return Wrap(shape.Metric, table, LshFile.Load(reader, options, shape.Metric, table));
    }

    private static IMutableVectorIndex Wrap(VectorMetric metric, SlotTable table, LshSource source) =>
        MetricDispatch.Run(metric, new CandidateIndexCreation(IndexName, LshFile.Magic, table, source));
}
