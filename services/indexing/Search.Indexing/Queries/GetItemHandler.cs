using Search.Contracts;
using Search.Contracts.Catalogue;
using Search.Contracts.Messages;
using Search.Hosting.Messaging;
using Search.Indexing.Catalogue;
using Search.Indexing.Storage;

namespace Search.Indexing.Queries;

internal sealed class GetItemHandler(CatalogueDatabase catalogue) : IQueryHandler<GetItem, ItemDocument>
{
    public Task<ItemDocument> HandleAsync(GetItem request, CancellationToken cancellation) =>
        Task.FromResult(catalogue.Read(session => ItemDocuments.Find(session, ItemId.Require(request.ItemId)))
            ?? throw new ServiceProblemException(CatalogueProblems.UnknownItem(request.ItemId)));
}
