using Search.Ann.Collections;
using Search.Ann.Indexes;
using Search.Ann.Telemetry;
using Search.Contracts;
using Search.Contracts.Messages;
using Search.Hosting.Messaging;

namespace Search.Ann.Queries;

internal sealed class SearchNeighboursHandler(CollectionRegistry registry, AnnMetrics metrics, TimeProvider time) : IQueryHandler<SearchNeighbours, NeighboursFound>
{
    public async Task<NeighboursFound> HandleAsync(SearchNeighbours request, CancellationToken cancellation)
    {
        if (request.K < 1) throw new ServiceProblemException(ServiceProblem.InvalidRequest("k out of range", $"k is {request.K}; it counts from 1."));
        var collection = await registry.FindAsync(request.Model, cancellation);
        // Nothing was ever indexed for this model: an empty catalogue is no error.
        if (collection is null) return new NeighboursFound { Neighbours = [], Exhausted = true };
        var start = time.GetTimestamp();
        try
        {
            var found = await collection.SearchAsync(request.Model, request.Vector, request.K, cancellation);
            metrics.Searched(request.Model, time.GetElapsedTime(start), found.DistancesComputed);
            return found;
        }
        catch (InvalidVectorException e)
        {
            throw new ServiceProblemException(ServiceProblem.InvalidRequest("Unusable vector", e.Message));
        }
    }
}
