using System.Text.Json;
using System.Text.Json.Nodes;
using Search.Contracts;
using Search.Imaging;
using Search.Models;

namespace Search.Embedding;

/// <summary>A model whose card and file were checked; only such a model reaches the runtime.</summary>
/// <param name="Path">The verified model file.</param>
internal sealed record VerifiedModel(ModelCard Card, string Path, ImagePreprocessing Preprocessing)
{
    public EmbeddingModelId Id { get; } = Card.Id;

    /// <summary>Reads the card in a folder, checks the file against it and the preprocessing against this build.</summary>
    /// <exception cref="InvalidModelException">With the reason and what to do.</exception>
    public static VerifiedModel Open(string folder)
    {
        var card = ModelCard.Read(folder);
        return new VerifiedModel(card, card.VerifyFile(folder), PreprocessingOf(card));
    }

    private static ImagePreprocessing PreprocessingOf(ModelCard card)
    {
        ImagePreprocessing definition;
        try
        {
            definition = ImagePreprocessing.FromJson(card.Preprocessing.ToJsonString());
        }
        catch (JsonException e)
        {
            throw new InvalidModelException($"The preprocessing on the card of '{card.Name}' can't be carried out: {e.Message}", e);
        }
        // A member left to its default would change its meaning with the default, and the model id would not notice.
        if (!JsonNode.DeepEquals(card.Preprocessing, JsonNode.Parse(definition.ToJson())))
            throw new InvalidModelException($"The preprocessing on the card of '{card.Name}' is not in its complete form. It should read {definition.ToJson()}.");
        return definition;
    }
}
