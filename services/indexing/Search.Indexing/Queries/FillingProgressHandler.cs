using Search.Contracts;
using Search.Contracts.Catalogue;
using Search.Contracts.Messages;
using Search.Hosting.Messaging;
using Search.Indexing.Reconciliation;
using Search.Indexing.Storage;

namespace Search.Indexing.Queries;

internal sealed class FillingProgressHandler(CatalogueDatabase catalogue, FillingRates rates) : IQueryHandler<GetFillingProgress, FillingProgress>
{
    public Task<FillingProgress> HandleAsync(GetFillingProgress request, CancellationToken cancellation) => Task.FromResult(catalogue.Read(session => new FillingProgress
    {
        Active = session.ServedModels.Active() is { } active ? new EmbeddingModelId(active) : null,
        Models = [.. session.ServedModels.Others().Select(model => Of(session, model))],
    }));

    private ModelFilling Of(CatalogueSession session, string model)
    {
        var (found, lacking) = session.ImageModels.CountLacking(model);
        var perSecond = lacking > 0 ? rates.PerSecond(model, session.ImageModels.Count(model, ImageState.Indexed)) : null;
        return new ModelFilling
        {
            Model = new EmbeddingModelId(model),
            Pictures = found,
            Lacking = lacking,
            Failed = session.ImageModels.Count(model, ImageState.Failed),
            PerSecond = perSecond,
            SecondsLeft = lacking / perSecond,
        };
    }
}
