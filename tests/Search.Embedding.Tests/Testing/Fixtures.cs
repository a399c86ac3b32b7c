using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Search.Testing;

namespace Search.Embedding.Tests;

/// <summary>A loaded model without the service around it.</summary>
internal static class Fixtures
{
    internal static EmbeddingModel Load(string models, EmbeddingOptions? options = null, ILogger<ModelSessionFactory>? logger = null)
    {
        options ??= new EmbeddingOptions();
        options.Model = TinyModel.Name;
        return LoadNamed(models, options, logger);
    }

    internal static EmbeddingModel LoadNamed(string models, EmbeddingOptions options, ILogger<ModelSessionFactory>? logger = null)
    {
        var loader = new EmbeddingModelLoader(
            Options.Create(options),
            new ModelSessionFactory(logger ?? NullLogger<ModelSessionFactory>.Instance),
            TimeProvider.System,
            NullLogger<EmbeddingModelLoader>.Instance);
        return loader.Load(new ModelFolder(models).Load(options.Model));
    }

    /// <summary>The folder of the repository's own model, or null while there is none.</summary>
    internal static string? RealModels
    {
        get
        {
            var models = Path.Combine(Repository.Root, "models");
            return File.Exists(Path.Combine(models, new EmbeddingOptions().Model, "model.json")) ? models : null;
        }
    }

    internal static void Fill(InputTensor input, int seed)
    {
        var random = new Random(seed);
        foreach (ref var value in input.Values)
            value = (random.NextSingle() * 2) - 1;
    }
}
