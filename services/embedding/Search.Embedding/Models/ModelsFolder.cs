using Search.Models;

namespace Search.Embedding;

/// <summary>Finds the registry when no option names it: a clone, a published folder and a container all have it above the program.</summary>
internal static class ModelsFolder
{
    /// <exception cref="InvalidModelException">There is none.</exception>
    internal static string Find() => Above(AppContext.BaseDirectory) ?? Above(Directory.GetCurrentDirectory())
        ?? throw new InvalidModelException(
            $"No folder 'models' with a model card lies above '{AppContext.BaseDirectory}' or '{Directory.GetCurrentDirectory()}'. Set Embedding:Models to the folder with the models.");

    private static string? Above(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            var models = Path.Combine(folder.FullName, "models");
            if (Directory.Exists(models) && Directory.EnumerateDirectories(models).Any(f => File.Exists(Path.Combine(f, "model.json"))))
                return models;
        }
        return null;
    }
}
