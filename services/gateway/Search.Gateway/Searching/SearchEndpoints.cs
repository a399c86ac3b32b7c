using Microsoft.AspNetCore.Http.HttpResults;
using Search.Gateway.Documentation;
using Search.Gateway.Limits;
using Search.Gateway.Requests;

namespace Search.Gateway.Searching;

internal static class SearchEndpoints
{
    internal static void MapSearch(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/search", SearchAsync).Describe().Add(endpoint => BodyLimit.Of(endpoint, options => options.MaxSearchBodyBytes));
        routes.MapGet("/v1/items/{id}/similar", SimilarAsync).Describe();
    }

    private static async Task<Ok<SearchAnswer>> SearchAsync(HttpContext context, SearchPipeline pipeline, SearchAdmission admission)
    {
        using var memory = admission.ReserveBody(context.Request.ContentLength);
        var query = await SearchRequest.FromFormAsync(context.Request, context.RequestAborted);
        return TypedResults.Ok(await pipeline.RunAsync(query, context.RequestAborted));
    }

    private static async Task<Ok<SearchAnswer>> SimilarAsync(string id, HttpContext context, SearchPipeline pipeline)
    {
        var query = SearchRequest.FromQuery(id, context.Request.Query);
        return TypedResults.Ok(await pipeline.RunAsync(query, context.RequestAborted));
    }
}
