using System.Text.Json;
using System.Text.Json.Nodes;
using Search.Imaging;
using Search.Models;

namespace Search.Embedding;

/// <summary>The models in one folder, found by their cards.</summary>
internal sealed class ModelRegistry(string folder)
{
    public string Folder { get; } = folder;

    /// <summary>Reads the card, checks the file against it and the preprocessing against this build.</summary>
    /// <exception cref="InvalidModelException">With the reason and what to do.</exception>
    public RegisteredModel Load(string name)
    {
        var folder = Path.Combine(Folder, name);
        if (!Directory.Exists(folder))
            throw new InvalidModelException($"There is no model '{name}' in '{Folder}'. {Offer()}");
        var card = ModelCard.Read(folder);
        if (card.Name != name)
            throw new InvalidModelException($"The card in '{folder}' is that of '{card.Name}'. A model's folder carries its name.");
        return new RegisteredModel(card, card.VerifyFile(folder), PreprocessingOf(card));
    }

    /// <summary>The cards that can be read, by name.</summary>
    public IReadOnlyList<ModelCard> List()
    {
        var cards = new List<ModelCard>();
        foreach (var folder in Directory.EnumerateDirectories(Folder).Order(StringComparer.Ordinal))
        {
            try
            {
                cards.Add(ModelCard.Read(folder));
            }
            catch (InvalidModelException)
            {
                // Not a model, or not one that this version can read: no reason to hide the others.
            }
        }
        return cards;
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

    private string Offer()
    {
        var names = List().Select(card => card.Name).ToList();
        return names.Count == 0 ? "It holds no model at all; set Embedding:Models to the folder with the models." : $"It has {string.Join(", ", names)}; set Embedding:Model to one of them.";
    }
}
