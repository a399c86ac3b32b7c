using Search.Ann.Indexes.Candidates;
using Search.Ann.Indexes.Storage;
using Search.Ann.Indexes.Tree.Frozen;

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

    /// <inheritdoc/>
    public IVectorIndex Freeze(IMutableVectorIndex index) => ForestFreezer.Freeze(index, Frozen);

    /// <inheritdoc/>
    public IVectorIndex Open(string path, FileVerification verification = FileVerification.AtOpen)
    {
        // Forests used to be kept as they take writes; such files are read into memory.
        return WholeFile.StartsWith(path, ForestFile.Magic) ? WholeFile.Load(path, Load) : ForestFreezer.Open(path, Frozen, verification);
    }

    private FrozenForestOptions Frozen => new() { Effort = options.Effort };
}
