using Search.Ann.Collections;
using Search.Contracts.Messages;
using Search.Hosting.Messaging;

namespace Search.Ann.Queries;

internal sealed class GetIndexStatusHandler(CollectionRegistry registry) : IQueryHandler<GetIndexStatus, IndexStatus>
{
    public async Task<IndexStatus> HandleAsync(GetIndexStatus request, CancellationToken cancellation)
    {
        await registry.WhenLoaded(cancellation);
        var collections = new List<CollectionStatus>();
        foreach (var collection in registry.Open)
        {
            var statistics = await collection.GetStatisticsAsync(cancellation);
            collections.Add(new CollectionStatus { Model = collection.Model, Index = statistics.Index, Count = statistics.Count, Dimension = collection.Dimension });
        }
        return new IndexStatus { Collections = [.. collections] };
    }
}
