using Microsoft.Extensions.Options;
using Search.Contracts;
using Search.Contracts.Messages;
using Search.Hosting.Messaging;

namespace Search.Gateway.Models;

/// <summary>From a published model to the one that answers searches, and back. It asks the services and refuses what would leave searches without pictures.</summary>
internal sealed class ModelRollout(IQueryBus bus, ModelGate gate, IOptions<GatewayOptions> options)
{
    /// <summary>A model is fetched, loaded and warmed while the caller waits.</summary>
    private static readonly TimeSpan ChangeDeadline = TimeSpan.FromMinutes(1);

    internal async Task<ModelsAnswer> ListAsync(CancellationToken cancellation) =>
        await AnswerAsync(await bus.AskAsync<GetModels, ModelList>(new GetModels(), options.Value.SearchDeadline, cancellation), cancellation);

    internal async Task<ModelsAnswer> NameCandidateAsync(ModelRequest request, CancellationToken cancellation) => await AnswerAsync(
        await bus.AskAsync<NameCandidate, ModelList>(new NameCandidate { Model = request.Model, Reason = request.Reason }, ChangeDeadline, cancellation), cancellation);

    /// <summary>Judges the model on the catalogue as it is now and switches to it if the verdicts let it.</summary>
    /// <exception cref="ServiceProblemException">
    /// 409: the model is not served, its collection lacks pictures, or no verdict admits it, and nobody said to go ahead all the same.
    /// </exception>
    internal async Task<ModelsAnswer> PromoteAsync(ModelRequest request, CancellationToken cancellation)
    {
        var model = request.RequireModel();
        if (!request.Force && await RequireFilledAsync(model, cancellation) is { } production)
            await gate.JudgeAsync(model, production, cancellation);
        return await AnswerAsync(
            await bus.AskAsync<PromoteModel, ModelList>(new PromoteModel { Model = model, Reason = request.Reason, Force = request.Force }, ChangeDeadline, cancellation), cancellation);
    }

    /// <exception cref="ServiceProblemException">409: the model answers searches itself, is not served, or its collection lacks pictures.</exception>
    internal async Task<VerdictAnswer> JudgeAsync(ModelRequest request, CancellationToken cancellation)
    {
        var model = request.RequireModel();
        var production = await RequireFilledAsync(model, cancellation)
            ?? throw new ServiceProblemException(ServiceProblem.Conflict("Nothing to judge", $"{model} answers searches already; there is nothing to judge it beside."));
        return await gate.JudgeAsync(model, production, cancellation);
    }

    /// <summary>At once, whatever the other collection lacks: it is called when something is wrong.</summary>
    internal async Task<ModelsAnswer> RollBackAsync(ModelRequest request, CancellationToken cancellation) => await AnswerAsync(
        await bus.AskAsync<RollBackModel, ModelList>(new RollBackModel { Reason = request.Reason }, ChangeDeadline, cancellation), cancellation);

    /// <exception cref="ServiceProblemException">409: the model answers searches.</exception>
    internal async Task<ModelsAnswer> ReleaseAsync(ModelRequest request, CancellationToken cancellation) => await AnswerAsync(
        await bus.AskAsync<ReleaseModel, ModelList>(new ReleaseModel { Model = request.Model, Reason = request.Reason }, ChangeDeadline, cancellation), cancellation);

    /// <returns>The model whose place it would take; null when it answers searches already.</returns>
    private async Task<EmbeddingModelId?> RequireFilledAsync(EmbeddingModelId model, CancellationToken cancellation)
    {
        var active = (await bus.AskAsync<GetActiveModel, ActiveModel>(new GetActiveModel(), options.Value.SearchDeadline, cancellation)).Model;
        if (active == model)
            return null;
        var progress = await ProgressAsync(cancellation);
        if (progress.Models.FirstOrDefault(filling => filling.Model == model) is not { } filling)
        {
            throw new ServiceProblemException(ServiceProblem.Conflict(
                "Model not in service", $"{model} is not served, so its collection is not being filled. Make it the candidate first."));
        }
        if (filling.Lacking > 0)
        {
            throw new ServiceProblemException(ServiceProblem.Conflict(
                "Collection not filled",
                $"The collection of {model} lacks {filling.Lacking} of {filling.Pictures} pictures{Left(filling)}. Wait, or send force to switch now and let searches miss them until they are embedded."));
        }
        return active;
    }

    private static string Left(ModelFilling filling) => filling.SecondsLeft is { } seconds ? $", for about {TimeSpan.FromSeconds(Math.Ceiling(seconds)):c} more" : "";

    private Task<FillingProgress> ProgressAsync(CancellationToken cancellation) =>
        bus.AskAsync<GetFillingProgress, FillingProgress>(new GetFillingProgress(), options.Value.SearchDeadline, cancellation);

    private async Task<ModelsAnswer> AnswerAsync(ModelList list, CancellationToken cancellation)
    {
        var filling = new Dictionary<EmbeddingModelId, ModelFilling>();
        try
        {
            filling = (await ProgressAsync(cancellation)).Models.ToDictionary(model => model.Model);
        }
        catch (ServiceProblemException)
        {
            // The change is made: an error would have it asked for again, and a second rollback undoes the first.
        }
        return new ModelsAnswer([.. list.Models.Select(model => new ModelAnswer(
            model.Model.Value, model.PublishedAt, model.Aliases, model.Served, model.Active, model.Released, Describe(filling.GetValueOrDefault(model.Model))))]);
    }

    private static FillingAnswer? Describe(ModelFilling? filling) => filling is null
        ? null
        : new FillingAnswer(filling.Pictures, filling.Lacking, filling.Failed, Rounded(filling.PerSecond), Rounded(filling.SecondsLeft));

    private static double? Rounded(double? value) => value is { } known ? Math.Round(known, 1) : null;
}
