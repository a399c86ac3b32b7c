using Search.Ann.Indexes.Candidates;

namespace Search.Ann.Indexes.Lsh;

/// <summary>
/// Approximate search by locality-sensitive hashing: random hyperplanes for cosine and inner product, p-stable projections for squared L2, several tables,
/// and probes of neighbouring buckets; of the vectors met, the <see cref="SearchOptions.Effort"/> in the most buckets are scored.
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
    public IMutableVectorIndex Create(IndexShape shape) =>
        CandidateIndexCreation.Empty(IndexName, LshFile.Magic, shape, (metric, table) => new LshSource(options, metric, table));

    /// <inheritdoc/>
    public IMutableVectorIndex Load(Stream stream) =>
        CandidateIndexCreation.Read(IndexName, LshFile.Magic, stream, (reader, metric, table) => LshFile.Load(reader, options, metric, table));
}
