using System.Collections.Concurrent;
using Search.Contracts;
using Search.Contracts.Messages;
using Search.Hosting.Messaging;
using Search.Models;
using Search.Registry;

namespace Search.Embedding;

/// <summary>
/// The models in service: production, which answers queries, and those that embed catalogue pictures beside it. What serves is one reference; a change
/// of aliases makes the next and swaps it in when all its models are loaded and warm. Safe for concurrent use once started.
/// </summary>
internal sealed partial class ServedModels(
    ModelSource source, EmbeddingModelLoader loader, ModelWarmUp warmUp, IEventBus events, ILogger<ServedModels> logger) : IDisposable
{
    /// <summary>Aliases besides production whose models embed catalogue pictures.</summary>
    private static readonly string[] s_others = [ModelAliases.Candidate, ModelAliases.Previous];

    private readonly SemaphoreSlim _refreshing = new(1, 1);
    private readonly ConcurrentDictionary<EmbeddingModelId, Task> _leaving = [];
    private volatile Serving? _now;

    private sealed record Serving(ServedModel Production, IReadOnlyList<ServedModel> Others)
    {
        public IEnumerable<ServedModel> All => Others.Prepend(Production);

        public ServedModel? Find(EmbeddingModelId id) => All.FirstOrDefault(served => served.Model.Id == id);
    }

    /// <summary>What serves at this moment.</summary>
    public ModelsServed Ids => new() { Active = Now.Production.Model.Id, Others = [.. Now.Others.Select(served => served.Model.Id)] };

    private Serving Now => _now ?? throw new InvalidOperationException("No model serves before the start is done.");

    /// <summary>The model that answers queries, for one picture from beginning to end.</summary>
    public ModelUse UseProduction()
    {
        while (true)
        {
            // It can only be gone if another has taken its place meanwhile.
            var production = Now.Production;
            if (production.TryEnter())
                return new ModelUse(production);
        }
    }

    /// <summary>Another model than production, or null when it is not (or no longer) in service.</summary>
    public ModelUse? TryUseOther(EmbeddingModelId id) =>
        Now.Others.FirstOrDefault(served => served.Model.Id == id) is { } other && other.TryEnter() ? new ModelUse(other) : null;

    /// <summary>Completes when nobody uses a model any more that went out of service here; at once for one that was not in service.</summary>
    public Task WhenGoneAsync(EmbeddingModelId id, CancellationToken cancellation) => _leaving.GetValueOrDefault(id, Task.CompletedTask).WaitAsync(cancellation);

    /// <summary>Loads and warms production; a registry that names none gets the configured model, after it has shown that it gives embeddings.</summary>
    /// <exception cref="InvalidModelException">It can't be served.</exception>
    /// <exception cref="ModelRegistryException">The registry can't be read, or lacks a file.</exception>
    public async Task StartAsync(CancellationToken cancellation)
    {
        var production = (await source.ReadAsync(cancellation)).Current(ModelAliases.Production)?.Model;
        var verified = production is { } id ? await source.FetchAsync(id, cancellation) : source.Configured();
        var model = await LoadAsync(verified, cancellation);
        try
        {
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
        _now = new Serving(new ServedModel(model), []);
    }

    /// <summary>Serves what the aliases name now. A model that can't be had is left out and logged, and what serves queries goes on serving them.</summary>
    /// <exception cref="ModelRegistryException">The registry can't be read.</exception>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        await _refreshing.WaitAsync(cancellation);
        try
        {
            var before = Now;
            var after = await NextAsync(before, await source.ReadAsync(cancellation), cancellation);
            if (after.All.SequenceEqual(before.All))
                return;
            _now = after;
            foreach (var released in before.All.Except(after.All))
            {
                LogReleased(logger, released.Model.Id.Value);
                _leaving[released.Model.Id] = released.Gone;
                released.Leave();
            }
            if (after.Production != before.Production)
                LogSwitched(logger, after.Production.Model.Id.Value, before.Production.Model.Id.Value);
            await events.PublishAsync(new ServedModelsChanged { Active = Ids.Active, Others = Ids.Others }, cancellation);
        }
        finally
        {
            _refreshing.Release();
        }
    }

    public void Dispose()
    {
        if (_now is { } now)
        {
            foreach (var served in now.All)
                served.Leave();
            _now = null;
        }
        _refreshing.Dispose();
    }

    private async Task<Serving> NextAsync(Serving before, RegistryIndex index, CancellationToken cancellation)
    {
        var loaded = new List<ServedModel>();
        try
        {
            var named = index.Current(ModelAliases.Production)?.Model ?? before.Production.Model.Id;
            var production = await FindOrLoadAsync(named) ?? before.Production;
            var others = new List<ServedModel>();
            foreach (var id in s_others.Select(alias => index.Current(alias)?.Model).OfType<EmbeddingModelId>().Distinct())
            {
                if (id != production.Model.Id && await FindOrLoadAsync(id) is { } other)
                    others.Add(other);
            }
            return new Serving(production, others);
        }
        catch
        {
            loaded.ForEach(served => served.Leave());
            throw;
        }

        async Task<ServedModel?> FindOrLoadAsync(EmbeddingModelId id)
        {
            if (before.Find(id) is { } known)
                return known;
            var served = await TryLoadAsync(id, cancellation);
            if (served is not null)
                loaded.Add(served);
            return served;
        }
    }

    private async Task<ServedModel?> TryLoadAsync(EmbeddingModelId id, CancellationToken cancellation)
    {
        try
        {
            return new ServedModel(await LoadAsync(await source.FetchAsync(id, cancellation), cancellation));
        }
        catch (Exception e) when (e is InvalidModelException or ModelRegistryException or IOException)
        {
            LogNotServed(logger, id.Value, e);
            return null;
        }
    }

    private async Task<EmbeddingModel> LoadAsync(VerifiedModel verified, CancellationToken cancellation)
    {
        var model = loader.Load(verified);
        try
        {
            await warmUp.RunAsync(model, cancellation);
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Model} answers queries from now on, in place of {Before}")]
    private static partial void LogSwitched(ILogger logger, string model, string before);

    [LoggerMessage(Level = LogLevel.Information, Message = "No alias names {Model} any more; it is out of service")]
    private static partial void LogReleased(ILogger logger, string model);

    [LoggerMessage(Level = LogLevel.Error, Message = "An alias names {Model}, which can't be served; the others go on")]
    private static partial void LogNotServed(ILogger logger, string model, Exception exception);
}
