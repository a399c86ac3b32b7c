using Microsoft.AspNetCore.Http.HttpResults;
using Search.Gateway.Documentation;

namespace Search.Gateway.Status;

internal static class StatusEndpoint
{
    internal static void MapStatus(this IEndpointRouteBuilder routes) => routes.MapGet("/v1/status", TakeAsync).Describe();

    private static async Task<Ok<StatusAnswer>> TakeAsync(StatusReport report, HttpContext context) =>
        TypedResults.Ok(await report.TakeAsync(context.RequestAborted));
}
