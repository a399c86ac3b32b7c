using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Search.Gateway.Documentation;
using Search.Gateway.Limits;
using Search.Gateway.Requests;

namespace Search.Gateway.Searching;

internal static class SearchEndpoints
{
    internal static void MapSearch(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/search", SearchAsync).Describe().WithMetadata(new CountsItsOwnBody());
        routes.MapGet("/v1/items/{id}/similar", SimilarAsync).Describe();
    }

    private static async Task<Ok<SearchAnswer>> SearchAsync(
        HttpContext context, SearchPipeline pipeline, SearchAdmission admission, IOptions<GatewayOptions> options)
    {
        using var memory = admission.ReserveBody(context.Request.ContentLength);
        var query = await SearchRequest.FromFormAsync(context.Request, options.Value, context.RequestAborted);
        return TypedResults.Ok(await pipeline.RunAsync(query, context.RequestAborted));
    }

    private static async Task<Ok<SearchAnswer>> SimilarAsync(string id, HttpContext context, SearchPipeline pipeline)
    {
        var query = SearchRequest.FromQuery(id, context.Request);
        return TypedResults.Ok(await pipeline.RunAsync(query, context.RequestAborted));
    }
}
