using Search.Models;

namespace Search.Embedding;

/// <summary>The models that came with the program, or lie in a folder of the operator's: one sub-folder each, found by their cards.</summary>
internal sealed class ModelFolder(string folder)
{
    public string Folder { get; } = folder;

    /// <summary>Reads the card, checks the file against it and the preprocessing against this build.</summary>
    /// <exception cref="InvalidModelException">With the reason and what to do.</exception>
    public VerifiedModel Load(string name)
    {
        var folder = Path.Combine(Folder, name);
        if (!Directory.Exists(folder))
            throw new InvalidModelException($"There is no model '{name}' in '{Folder}'. {Offer()}");
        var model = VerifiedModel.Open(folder);
        if (model.Card.Name != name)
            throw new InvalidModelException($"The card in '{folder}' is that of '{model.Card.Name}'. A model's folder carries its name.");
        return model;
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

    private string Offer()
    {
        var names = List().Select(card => card.Name).ToList();
        return names.Count == 0 ? "It holds no model at all; set Embedding:Models to the folder with the models." : $"It has {string.Join(", ", names)}; set Embedding:Model to one of them.";
    }
}
