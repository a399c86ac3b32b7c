using Search.Contracts.Messages;

namespace Search.Embedding;

/// <summary>A published model for a person who looks.</summary>
/// <param name="Aliases">The names that stand for it now.</param>
/// <param name="Served">True for those that embed catalogue pictures here.</param>
/// <param name="Active">True for the one that answers searches here.</param>
internal sealed record PublishedModelSummary(string Id, DateTimeOffset PublishedAt, IReadOnlyList<string> Aliases, bool Served, bool Active)
{
    internal static PublishedModelSummary Of(PublishedModelState model) => new(model.Model.Value, model.PublishedAt, model.Aliases, model.Served, model.Active);
}
