using Search.Contracts;
using Search.Contracts.Messages;
using Search.Hosting.Messaging;
using Search.Registry;

namespace Search.Embedding;

/// <summary>
/// Changes what the aliases name and lets every embedding service know. When a call returns, this one serves accordingly; the others follow with the message.
/// One change at a time in a process: some look first at what they change.
/// </summary>
internal sealed partial class Rollout(ModelRegistry registry, ServedModels models, Verdicts verdicts, IEventBus events, ILogger<Rollout> logger) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    public async Task<ModelList> ListAsync(CancellationToken cancellation)
    {
        var index = await registry.ReadAsync(cancellation);
        var served = models.Ids;
        return new ModelList
        {
            Models = [.. index.Versions.Select(version => new PublishedModelState
            {
                Model = version.Id,
                PublishedAt = version.PublishedAt,
                Aliases = [.. index.Aliases.Keys.Where(alias => index.Current(alias)!.Model == version.Id).Order(StringComparer.Ordinal)],
                Active = version.Id == served.Active,
                Served = version.Id == served.Active || served.Others.Contains(version.Id),
                Released = index.IsReleased(version.Id),
            })],
        };
    }

    /// <param name="force">Whatever the verdicts say; the reason may not be empty then.</param>
    /// <exception cref="ServiceProblemException">
    /// 409: the model is not in service, so nobody knows whether it runs and nothing fills its collection; or no verdict admits it. 400: force without a reason.
    /// </exception>
    public async Task<ModelList> PromoteAsync(EmbeddingModelId model, string reason, bool force, CancellationToken cancellation)
    {
        using var turn = await TakeTurnAsync(cancellation);
        RequireServed(model);
        if (force && string.IsNullOrWhiteSpace(reason))
            throw new ServiceProblemException(ServiceProblem.InvalidRequest("Reason missing", "A promotion by force needs a reason, for whoever asks later why searches changed."));
        var before = models.Ids.Active;
        try
        {
            var list = await ChangeAsync(() => registry.PromoteAsync(model, force ? $"by force: {reason}" : reason, force, cancellation), cancellation);
            if (force)
                LogForced(logger, model.Value, before.Value, reason);
            return list;
        }
        catch (ModelNotAdmittedException e)
        {
            throw new ServiceProblemException(await verdicts.RefusalAsync(e, cancellation));
        }
    }

    /// <exception cref="ServiceProblemException">409: there is nothing to go back to, or it is not in service.</exception>
    public async Task<ModelList> RollBackAsync(string reason, CancellationToken cancellation)
    {
        using var turn = await TakeTurnAsync(cancellation);
        if ((await registry.ReadAsync(cancellation)).Current(ModelAliases.Previous) is { } previous)
            RequireServed(previous.Model);
        return await ChangeAsync(() => registry.DemoteAsync(reason, cancellation), cancellation);
    }

    /// <param name="model">Null for the previous one. Released already, or none there: nothing changes.</param>
    /// <exception cref="ServiceProblemException">409: it answers queries, or no such model is published.</exception>
    public async Task<ModelList> ReleaseAsync(EmbeddingModelId? model, string reason, CancellationToken cancellation)
    {
        using var turn = await TakeTurnAsync(cancellation);
        return await ChangeAsync(() => registry.ReleaseAsync(model, reason, cancellation), cancellation);
    }

    /// <param name="model">Null takes the candidate's name away; what was made for it is kept for <see cref="EmbeddingOptions.KeepUnnamed"/>: an alias always names something, and one that names production asks for nothing.</param>
    /// <exception cref="ServiceProblemException">409: no such model is published, or it can't be served; the candidate is what it was before then.</exception>
    public async Task<ModelList> NameCandidateAsync(EmbeddingModelId? model, string reason, CancellationToken cancellation)
    {
        using var turn = await TakeTurnAsync(cancellation);
        var before = (await registry.ReadAsync(cancellation)).Current(ModelAliases.Candidate)?.Model ?? models.Ids.Active;
        var list = await ChangeAsync(() => registry.PointAsync(ModelAliases.Candidate, model ?? models.Ids.Active, reason, cancellation), cancellation);
        if (model is not { } wanted || list.Models.Any(known => known.Model == wanted && known.Served))
            return list;
        await ChangeAsync(() => registry.PointAsync(ModelAliases.Candidate, before, $"{wanted} can't be served.", cancellation), cancellation);
        throw new ServiceProblemException(ServiceProblem.Conflict("Model can't be served", $"{wanted} can't be served; the embedding service's log says why. The candidate stays as it was."));
    }

    public void Dispose() => _one.Dispose();

    private async Task<Turn> TakeTurnAsync(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        return new Turn(_one);
    }

    private void RequireServed(EmbeddingModelId model)
    {
        var served = models.Ids;
        if (served.Active != model && !served.Others.Contains(model))
            throw new ServiceProblemException(ServiceProblem.Conflict("Model not in service", $"{model} is not in service. Make it the candidate first, and promote it when its collection is filled."));
    }

    private async Task<ModelList> ChangeAsync(Func<Task> change, CancellationToken cancellation)
    {
        try
        {
            await change();
        }
        catch (ModelRegistryException e)
        {
            throw new ServiceProblemException(ServiceProblem.Conflict("Not possible with these models", e.Message));
        }
        await models.RefreshAsync(cancellation);
        await events.PublishAsync(new ModelAliasesChanged(), cancellation);
        return await ListAsync(cancellation);
    }

    private sealed class Turn(SemaphoreSlim one) : IDisposable
    {
        public void Dispose() => one.Release();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Model} takes the place of {Before} by force, whatever the gate says: {Reason}")]
    private static partial void LogForced(ILogger logger, string model, string before, string reason);
}
