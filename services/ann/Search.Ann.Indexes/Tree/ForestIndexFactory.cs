using Search.Ann.Indexes.Candidates;

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
    public IMutableVectorIndex Create(IndexShape shape) =>
        CandidateIndexCreation.Empty(IndexName, ForestFile.Magic, shape, (metric, table) => new Forest(options, metric, table, []));

    /// <inheritdoc/>
    public IMutableVectorIndex Load(Stream stream) =>
        CandidateIndexCreation.Read(IndexName, ForestFile.Magic, stream, (reader, metric, table) => ForestFile.Load(reader, options, metric, table));
}
