using Search.Contracts;
using Search.Contracts.Messages;
using Search.Hosting.Messaging;
using Search.Indexing.Storage;

namespace Search.Indexing.Queries;

/// <summary>
/// Draws moments of the catalogue's clock and takes the item that changed next. An item after a long gap (others were changed or deleted since) is drawn a little more often, which no
/// comparison of two models over the same items minds.
/// </summary>
internal sealed class SampleItemsHandler(CatalogueDatabase catalogue) : IQueryHandler<SampleItems, ItemSample>
{
    private const int MaxCount = 2_000;

    public Task<ItemSample> HandleAsync(SampleItems request, CancellationToken cancellation)
    {
        if (request.Count is < 1 or > MaxCount)
            throw new ServiceProblemException(ServiceProblem.InvalidRequest("Bad size of a sample", $"A sample has 1 to {MaxCount} items; got {request.Count}."));
        return Task.FromResult(new ItemSample { ItemIds = [.. catalogue.Read(session => Draw(session, request))] });
    }

    private static HashSet<string> Draw(CatalogueSession session, SampleItems request)
    {
        var last = session.Items.LastRevision();
        var random = new Random(request.Seed);
        var drawn = new HashSet<string>(StringComparer.Ordinal);
        // In a small catalogue most draws repeat one; what is still missing then is not worth the search.
        for (var draws = 0; draws < 8 * request.Count && drawn.Count < request.Count; draws++)
        {
            if (session.Items.FirstFrom(random.NextInt64(1, last + 1)) is { } id)
                drawn.Add(id);
        }
        return drawn;
    }
}
