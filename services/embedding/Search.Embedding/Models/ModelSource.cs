using Microsoft.Extensions.Options;
using Search.Contracts;
using Search.Hosting;
using Search.Models;
using Search.Registry;

namespace Search.Embedding;

/// <summary>
/// Where models to serve come from: the registry, through a cache on this machine. The model folder that came with the program only fills an empty registry.
/// </summary>
internal sealed partial class ModelSource(
    ModelRegistry registry, IOptions<EmbeddingOptions> options, DataDirectory data, ILogger<ModelSource> logger)
{
    private readonly string _cache = Path.Combine(data.For(EmbeddingServices.Name), "models");

    /// <summary>What the registry holds now.</summary>
    public Task<RegistryIndex> ReadAsync(CancellationToken cancellation) => registry.ReadAsync(cancellation);

    /// <summary>The configured model, out of its folder.</summary>
    /// <exception cref="InvalidModelException">There is none, or it can't be served.</exception>
    public VerifiedModel Configured() => Folder().Load(options.Value.Model);

    /// <summary>Publishes the configured model and makes it production. For a registry without one, once the model has shown that it runs.</summary>
    /// <exception cref="ModelRegistryException">Another model has this name and version already.</exception>
    public async Task MakeProductionAsync(VerifiedModel model, CancellationToken cancellation)
    {
        await registry.PublishAsync(Path.GetDirectoryName(model.Path)!, cancellation);
        await registry.PointAsync(ModelAliases.Production, model.Id, "The configured model, at the first start.", cancellation);
    }

    /// <summary>
    /// Publishes the configured model beside the production that there is, so that it can be promoted. Production serves whether or not this succeeds:
    /// a folder that is missing or holds something else is no reason to answer no searches.
    /// </summary>
    public async Task OfferConfiguredAsync(EmbeddingModelId production, CancellationToken cancellation)
    {
        try
        {
            var configured = Configured();
            await registry.PublishAsync(Path.GetDirectoryName(configured.Path)!, cancellation);
            if (configured.Id != production)
                LogOther(logger, configured.Id.Value, production.Value);
        }
        catch (Exception e) when (e is InvalidModelException or ModelRegistryException or IOException)
        {
            LogNotOffered(logger, options.Value.Model, production.Value, e.Message);
        }
    }

    /// <summary>Brings a published model to this machine and checks it.</summary>
    /// <exception cref="ModelRegistryException">The registry does not have it whole.</exception>
    /// <exception cref="InvalidModelException">It can't be served by this build.</exception>
    public async Task<VerifiedModel> FetchAsync(EmbeddingModelId id, CancellationToken cancellation)
    {
        var folder = await registry.FetchAsync(id, _cache, cancellation);
        try
        {
            return Open(folder, id);
        }
        catch (InvalidModelException e)
        {
            // What was whole when it was fetched is damaged now, or the model is not for this build; the second is found out again.
            LogFetchedAgain(logger, id.Value, e.Message);
            Directory.Delete(folder, recursive: true);
            return Open(await registry.FetchAsync(id, _cache, cancellation), id);
        }
    }

    private ModelFolder Folder() => new(options.Value.Models ?? ModelsFolder.Find());

    private static VerifiedModel Open(string folder, EmbeddingModelId id)
    {
        var model = VerifiedModel.Open(folder);
        return model.Id == id
            ? model
            : throw new InvalidModelException($"The files published as {id} are those of {model.Id}. Publish the model again under another version.");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Embedding:Model is {Configured}, but {Production} is production and serves. Promote the configured model to let it serve")]
    private static partial void LogOther(ILogger logger, string configured, string production);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The configured model {Name} is not offered for promotion, production {Production} serves: {Problem}")]
    private static partial void LogNotOffered(ILogger logger, string name, string production, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The cached files of {Model} are fetched again: {Problem}")]
    private static partial void LogFetchedAgain(ILogger logger, string model, string problem);
}
