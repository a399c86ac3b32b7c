using Search.Contracts;
using Search.Contracts.Messages;
using Search.Hosting.Messaging;
using Search.Indexing.Storage;

namespace Search.Indexing.Queries;

internal sealed class DistinctItemsHandler(CatalogueDatabase catalogue) : IQueryHandler<ListDistinctItems, DistinctItems>
{
    private const int MaxLimit = 10_000;

    public Task<DistinctItems> HandleAsync(ListDistinctItems request, CancellationToken cancellation)
    {
        if (request.Limit is < 1 or > MaxLimit)
            throw new ServiceProblemException(ServiceProblem.InvalidRequest("Bad range of pairs", $"The limit is 1 to {MaxLimit}; got {request.Limit}."));
        return Task.FromResult(new DistinctItems { Pairs = [.. catalogue.Read(session => session.Distinct.List(request.After, request.Limit))] });
    }
}
