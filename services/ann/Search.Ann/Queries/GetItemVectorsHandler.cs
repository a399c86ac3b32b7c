using Search.Ann.Collections;
using Search.Contracts;
using Search.Contracts.Messages;
using Search.Hosting.Messaging;

namespace Search.Ann.Queries;

internal sealed class GetItemVectorsHandler(CollectionRegistry registry) : IQueryHandler<GetItemVectors, ItemVectors>
{
    public async Task<ItemVectors> HandleAsync(GetItemVectors request, CancellationToken cancellation)
    {
        ItemId.Require(request.ItemId);
        var collection = await registry.FindAsync(request.Model, cancellation);
        var entries = collection is null ? [] : await collection.GetItemAsync(request.Model, request.ItemId, cancellation);
        return new ItemVectors { Images = [.. entries.Select(entry => new ImageVector(ImageKey.Parse(entry.Key).Number, entry.Vector))] };
    }
}
