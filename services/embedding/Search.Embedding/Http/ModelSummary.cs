using Search.Models;

namespace Search.Embedding;

/// <summary>A card for a person who looks; the card itself has the rest.</summary>
internal sealed record ModelSummary(string Id, string Name, string Version, string Description, int Dimension, string Precision, string Licence)
{
    internal static ModelSummary Of(ModelCard card) => new(
        card.Id.Value, card.Name, card.Version, card.Description, card.Dimension, card.File.Precision, card.Licence);
}
