using System.Text.Json;
using Search.Models;

namespace Search.Trainer.Publishing;

/// <summary>What nobody can find out from the files alone: where a model's ingredients come from, under what it may be used, and what it is not good at.</summary>
/// <param name="Licence">SPDX id or a sentence.</param>
/// <param name="Ingredients">Weights, photos and drawings, each with its origin and licence.</param>
/// <param name="Limits">What the model is not good at.</param>
internal sealed record Provenance(string Licence, IReadOnlyList<Ingredient> Ingredients, IReadOnlyList<string> Limits)
{
    /// <param name="path">JSON with <c>licence</c>, <c>ingredients</c> (<c>what</c>, <c>origin</c>, <c>licence</c> each) and <c>limits</c>.</param>
    /// <exception cref="TrainerException">It is no such file.</exception>
    public static Provenance Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<Provenance>(File.ReadAllText(path), RecipeFile.Json) is { Licence: not null, Ingredients: not null, Limits: not null } read
                ? read
                : throw new TrainerException($"'{path}' needs licence, ingredients and limits.");
        }
        catch (JsonException e)
        {
            throw new TrainerException($"'{path}' cannot be read: {e.Message}");
        }
    }

    /// <summary>Of a run that was told nothing: what it saw, and that its owners have to be asked.</summary>
    /// <param name="categories">Of every photo.</param>
    /// <param name="hasCatalogue">Whether it has learnt from a drawn catalogue, too.</param>
    public static Provenance Unstated(IReadOnlyList<string> categories, bool hasCatalogue)
    {
        const string unstated = "Not stated: ask whoever trained the model.";
        string[] names = [.. categories.Distinct().Order(StringComparer.Ordinal)];
        Ingredient photos = new($"Photos: {categories.Count} in the categories {string.Join(", ", names)}", "The folder that training was given; split.json names each photo by its hash", unstated);
        Ingredient weights = new("Starting weights; training.weightsSha256 names them", "The file that training was given", unstated);
        Ingredient drawings = new("Catalogue with attributes; training.catalogueSha256 names it", "The folder that training was given", unstated);
        return new Provenance(unstated, hasCatalogue ? [weights, photos, drawings] : [weights, photos], [$"Categories other than {string.Join(", ", names)} were never seen in photos."]);
    }
}
