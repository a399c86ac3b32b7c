namespace Search.Embedding;

/// <summary>The models in service. Safe for concurrent use once started.</summary>
internal sealed class ServedModels(ModelSource source, EmbeddingModelLoader loader, ModelWarmUp warmUp) : IDisposable
{
    private volatile EmbeddingModel? _production;

    /// <summary>The model that answers queries. Take it once for each picture: another call may give another model.</summary>
    public EmbeddingModel Production => _production ?? throw new InvalidOperationException("No model serves before the start is done.");

    /// <summary>Loads and warms production; a registry that names none gets the configured model, after it has shown that it gives embeddings.</summary>
    /// <exception cref="Models.InvalidModelException">It can't be served.</exception>
    /// <exception cref="Registry.ModelRegistryException">The registry can't be read, or lacks a file.</exception>
    public async Task StartAsync(CancellationToken cancellation)
    {
        var production = (await source.ReadAsync(cancellation)).Current(Registry.ModelAliases.Production)?.Model;
        var verified = production is { } id ? await source.FetchAsync(id, cancellation) : source.Configured();
        var model = loader.Load(verified);
        try
        {
            await warmUp.RunAsync(model, cancellation);
            if (production is null)
                await source.MakeProductionAsync(verified, cancellation);
            else
                await source.OfferConfiguredAsync(model.Id, cancellation);
        }
        catch
        {
            model.Dispose();
            throw;
        }
        _production = model;
    }

    public void Dispose() => _production?.Dispose();
}
