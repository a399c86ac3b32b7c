using Search.Contracts.Catalogue;
using Search.Contracts.Messages;
using Search.Hosting.Messaging;

namespace Search.Ann;

/// <summary>What the indexing service says of the catalogue's items, for work that looks at many of them.</summary>
internal sealed class CatalogueDocuments(IQueryBus bus)
{
    private const int ItemsAPage = 500;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    /// <summary>The items, by id, at about one moment.</summary>
    /// <param name="wanted">Says of an id whether its item is kept; the others take no memory.</param>
    /// <exception cref="Contracts.ServiceProblemException">503: the service does not answer.</exception>
    public async Task<Dictionary<string, ItemDocument>> ReadAsync(Func<string, bool> wanted, CancellationToken cancellation)
    {
        var documents = new Dictionary<string, ItemDocument>(StringComparer.Ordinal);
        var revision = 0L;
        while (true)
        {
            var changes = await bus.AskAsync<ListItemChanges, ItemChanges>(new ListItemChanges { AfterRevision = revision, Limit = ItemsAPage }, Deadline, cancellation);
            foreach (var item in changes.Changed)
            {
                if (wanted(item.Id)) documents[item.Id] = item;
            }
            // One that was there on an earlier page and has gone since.
            foreach (var removed in changes.Removed)
                documents.Remove(removed.ItemId);
            if (changes.LastRevision <= revision) return documents;
            revision = changes.LastRevision;
        }
    }
}
