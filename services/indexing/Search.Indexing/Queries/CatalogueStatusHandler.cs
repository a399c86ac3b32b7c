using Search.Contracts.Catalogue;
using Search.Contracts.Messages;
using Search.Hosting.Messaging;
using Search.Indexing.Storage;

namespace Search.Indexing.Queries;

internal sealed class CatalogueStatusHandler(CatalogueDatabase catalogue) : IQueryHandler<GetCatalogueStatus, CatalogueStatus>
{
    public Task<CatalogueStatus> HandleAsync(GetCatalogueStatus request, CancellationToken cancellation)
    {
        var counts = catalogue.Read(session => session.Items.CountByState());
        return Task.FromResult(new CatalogueStatus
        {
            Total = counts.Values.Sum(),
            Accepted = counts[ImageState.Accepted],
            Embedded = counts[ImageState.Embedded],
            Indexed = counts[ImageState.Indexed],
            Failed = counts[ImageState.Failed],
        });
    }
}
