using Search.Contracts;
using Search.Registry;

namespace Search.TrainingJobs.Requests;

/// <summary>Published models that jobs go on from.</summary>
internal sealed class StartingModels(ModelRegistry registry)
{
    /// <summary>The model behind an id or an alias as it is now: a job that waits must not start from what the alias names an hour later.</summary>
    /// <returns>Its id, or what is wrong.</returns>
    public async Task<(string? Model, string? Error)> FindAsync(string named, CancellationToken cancellation)
    {
        var index = await registry.ReadAsync(cancellation);
        if ((EmbeddingModelId.IsValid(named) ? index.Find(new EmbeddingModelId(named))?.Id : index.Current(named)?.Model) is { } model)
            return (model.Value, null);
        string[] there = [.. index.Aliases.Keys.Order(StringComparer.Ordinal), .. index.Versions.Select(version => version.Id.Value)];
        return (null, $"'startFrom' is '{ShownText.Of(named)}', which is neither a published model nor an alias; {(there.Length == 0 ? "no model is published" : $"there are {string.Join(", ", there)}")}.");
    }

    /// <summary>Its folder on this machine.</summary>
    /// <exception cref="ModelRegistryException">It is no longer published, or damaged.</exception>
    public Task<string> FetchAsync(string model, string folder, CancellationToken cancellation) => registry.FetchAsync(new EmbeddingModelId(model), folder, cancellation);
}
