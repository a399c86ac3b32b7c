using Search.Contracts;
using Search.Contracts.Messages;
using Search.Indexing.Catalogue;
using Search.Indexing.Storage;

namespace Search.Indexing.Api;

/// <summary>What people decided about look-alikes: these two are not duplicates. The order in which a pair is named means nothing.</summary>
internal static class DistinctEndpoints
{
    private const int DefaultPage = 200;
    private const int LargestPage = 1_000;

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/v1/distinct-items/{id}/{other}", PutAsync)
            .WithSummary("Remember that two items are not duplicates")
            .Produces(StatusCodes.Status204NoContent);
        routes.MapDelete("/v1/distinct-items/{id}/{other}", DeleteAsync)
            .WithSummary("Forget it")
            .Produces(StatusCodes.Status204NoContent);
        routes.MapGet("/v1/distinct-items", List)
            .WithSummary("Pairs that are not duplicates, page by page, or all of one item")
            .Produces<DistinctListResponse>();
    }

    private static async Task<IResult> PutAsync(string id, string other, CatalogueDatabase catalogue, CancellationToken cancellation)
    {
        var pair = DistinctPair.Of(id, other);
        await catalogue.WriteAsync(
            session =>
            {
                foreach (var item in new[] { pair.First, pair.Second })
                {
                    if (session.Items.Find(item) is null)
                        throw new ServiceProblemException(CatalogueProblems.UnknownItem(item));
                }
                session.Distinct.Put(pair, session.Now);
            },
            cancellation);
        return Results.NoContent();
    }

    private static async Task<IResult> DeleteAsync(string id, string other, CatalogueDatabase catalogue, CancellationToken cancellation)
    {
        var pair = DistinctPair.Of(id, other);
        return await catalogue.WriteAsync(session => session.Distinct.Remove(pair), cancellation)
            ? Results.NoContent()
            : throw new ServiceProblemException(ServiceProblem.NotFound("Unknown pair", $"Nobody said that '{pair.First}' and '{pair.Second}' are not duplicates."));
    }

    /// <param name="item">Only pairs of this item, all of them.</param>
    /// <param name="after"><c>next</c> of the page before: two ids with a slash between.</param>
    private static IResult List(CatalogueDatabase catalogue, string? item, string? after, int? limit)
    {
        if (item is not null)
        {
            ItemId.Require(item);
            return Results.Ok(new DistinctListResponse(catalogue.Read(session => session.Distinct.Of(item)), null));
        }
        var count = limit ?? DefaultPage;
        if (count is < 1 or > LargestPage)
            throw new ServiceProblemException(ServiceProblem.InvalidRequest("Bad limit", $"'limit' is 1 to {LargestPage}; got {count}."));
        // One more than asked for tells whether there is a next page.
        var pairs = catalogue.Read(session => session.Distinct.List(Parse(after), count + 1));
        var page = pairs.GetRange(0, Math.Min(count, pairs.Count));
        return Results.Ok(new DistinctListResponse(page, pairs.Count > count ? $"{page[^1].First}/{page[^1].Second}" : null));
    }

    private static DistinctPair? Parse(string? after) => after?.Split('/') switch
    {
        null => null,
        [var first, var second] => DistinctPair.Of(first, second),
        _ => throw new ServiceProblemException(ServiceProblem.InvalidRequest("Bad place", "'after' is 'next' of the page before.")),
    };
}

internal sealed record DistinctListResponse(IReadOnlyList<DistinctPair> Pairs, string? Next);
