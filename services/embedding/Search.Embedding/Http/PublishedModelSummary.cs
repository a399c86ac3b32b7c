using Search.Contracts;
using Search.Registry;

namespace Search.Embedding;

/// <summary>A published model for a person who looks.</summary>
/// <param name="Aliases">The names that stand for it now.</param>
/// <param name="Active">True for the one that answers searches here.</param>
internal sealed record PublishedModelSummary(string Id, DateTimeOffset PublishedAt, IReadOnlyList<string> Aliases, bool Active)
{
    /// <summary>Oldest first.</summary>
    internal static IEnumerable<PublishedModelSummary> AllOf(RegistryIndex index, EmbeddingModelId active) => index.Versions.Select(version => new PublishedModelSummary(
        version.Id.Value,
        version.PublishedAt,
        [.. index.Aliases.Keys.Where(alias => index.Current(alias)?.Model == version.Id).Order(StringComparer.Ordinal)],
        version.Id == active));
}
