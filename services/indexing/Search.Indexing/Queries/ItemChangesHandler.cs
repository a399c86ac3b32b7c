using Search.Contracts;
using Search.Contracts.Messages;
using Search.Hosting.Messaging;
using Search.Indexing.Catalogue;
using Search.Indexing.Storage;

namespace Search.Indexing.Queries;

internal sealed class ItemChangesHandler(CatalogueDatabase catalogue) : IQueryHandler<ListItemChanges, ItemChanges>
{
    private const int MaxLimit = 1000;

    public Task<ItemChanges> HandleAsync(ListItemChanges request, CancellationToken cancellation)
    {
        if (request.Limit is < 1 or > MaxLimit || request.AfterRevision < 0)
        {
            throw new ServiceProblemException(ServiceProblem.InvalidRequest(
                "Bad range of changes", $"The limit is 1 to {MaxLimit} and the revision at least 0; got {request.Limit} and {request.AfterRevision}."));
        }
        return Task.FromResult(catalogue.Read(session => List(session, request.AfterRevision, request.Limit)));
    }

    private static ItemChanges List(CatalogueSession session, long after, int limit)
    {
        var items = session.Items.ChangedAfter(after, limit);
        var removals = session.Removals.After(after, limit);
        // Both lists are complete up to the smaller of their ends; the next page begins where this one was cut.
        var revisions = items.Select(item => item.Revision).Concat(removals.Select(removal => removal.Revision)).Order().Take(limit);
        var last = revisions.LastOrDefault(after);
        return new ItemChanges
        {
            Changed = [.. items.Where(item => item.Revision <= last).Select(item => ItemDocuments.Compose(session, item))],
            Removed = [.. removals.Where(removal => removal.Revision <= last)],
            LastRevision = last,
        };
    }
}
