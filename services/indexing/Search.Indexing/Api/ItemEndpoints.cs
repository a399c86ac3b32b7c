using Microsoft.Extensions.Options;
using Search.Contracts;
using Search.Hosting.Problems;
using Search.Indexing.Catalogue;
using Search.Indexing.Content;
using Search.Indexing.Storage;

namespace Search.Indexing.Api;

internal static class ItemEndpoints
{
    private const int DefaultPage = 24;
    private const int LargestPage = 200;

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/v1/items/{id}", PutAsync)
            .WithSummary("Add an item, or change its metadata and pictures")
            .Produces<PutItemResponse>(StatusCodes.Status202Accepted);
        routes.MapGet("/v1/items/{id}", Get)
            .WithSummary("An item and how far its pictures are")
            .Produces<ItemResponse>();
        routes.MapDelete("/v1/items/{id}", DeleteAsync)
            .WithSummary("Remove an item everywhere")
            .Produces(StatusCodes.Status204NoContent);
        routes.MapGet("/v1/items", List)
            .WithSummary("Public items in order of their ids, page by page")
            .Produces<ItemListResponse>();
        routes.MapGet("/v1/categories", Categories)
            .WithSummary("Categories and how many public items searches find in each")
            .Produces<CategoriesResponse>();
    }

    private static async Task<IResult> PutAsync(
        string id, HttpRequest request, CatalogueDatabase catalogue, PictureStore store, IOptions<IndexingOptions> options, CancellationToken cancellation)
    {
        ItemId.Require(id);
        request.LimitBody(options.Value.MaxItemRequestBytes);
        using var hold = store.Open();
        var (metadata, pictures) = await ItemForm.ReadAsync(request, store, hold, options.Value, cancellation);
        var (_, state) = await catalogue.WriteAsync(session => ItemIntake.Put(session, id, metadata, pictures), cancellation);
        var url = ItemUrls.Item(id);
        return Results.Accepted(url, new PutItemResponse(id, state, url));
    }

    private static IResult Get(string id, HttpRequest request, CatalogueDatabase catalogue)
    {
        ItemId.Require(id);
        return Results.Ok(catalogue.Read(session => ItemResponse.Of(VisibleItems.Require(session, id, request), session.Images.Of(id))));
    }

    private static async Task<IResult> DeleteAsync(string id, CatalogueDatabase catalogue, CancellationToken cancellation)
    {
        ItemId.Require(id);
        return await catalogue.WriteAsync(session => ItemRemoval.Delete(session, id), cancellation)
            ? Results.NoContent()
            : throw new ServiceProblemException(CatalogueProblems.UnknownItem(id));
    }

    private static IResult List(CatalogueDatabase catalogue, int? limit, string? category, string? after)
    {
        var count = limit ?? DefaultPage;
        if (count is < 1 or > LargestPage)
            throw new ServiceProblemException(ServiceProblem.InvalidRequest("Bad limit", $"'limit' is 1 to {LargestPage}; got {count}."));
        if (after is not null)
            ItemId.Require(after);
        return Results.Ok(catalogue.Read(session =>
        {
            // One more than asked for tells whether there is a next page.
            var items = session.Items.ListPublic(category, after ?? "", count + 1);
            var page = items.Take(count).Select(item => ItemResponse.Of(item, session.Images.Of(item.Id))).ToList();
            return new ItemListResponse(page, items.Count > count ? page[^1].Id : null);
        }));
    }

    private static IResult Categories(CatalogueDatabase catalogue) => Results.Ok(new CategoriesResponse(
        catalogue.Read(session => session.Items.PublicCategories()).ConvertAll(row => new CategoryResponse(row.Name, row.Count))));
}
