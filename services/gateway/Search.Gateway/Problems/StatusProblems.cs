using Search.Contracts;
using Search.Gateway.Proxy;
using Search.Hosting.Problems;

namespace Search.Gateway.Problems;

/// <summary>
/// Gives a body to errors that come as a bare status: from routing (404, 405, 415), from the proxy (502, 504) and from services behind it.
/// </summary>
internal static class StatusProblems
{
    internal static void UseStatusProblems(this WebApplication app) => app.Use(async (context, next) =>
    {
        await next(context);
        if (IsBareError(context.Response))
        {
            context.Response.ContentLength = null;
            await ProblemResults.WriteAsync(context, ProxyProblems.Of(context) ?? Of(context));
        }
    });

    private static bool IsBareError(HttpResponse response) =>
        response.StatusCode >= 400 && !response.HasStarted && response.ContentLength is null or 0 && string.IsNullOrEmpty(response.ContentType);

    private static ServiceProblem Of(HttpContext context) => context.Response.StatusCode switch
    {
        404 => ServiceProblem.NotFound("Nothing here", "There is nothing at this address; /openapi/v1.json describes what there is."),
        405 => new(405, "method-not-allowed", "Method not allowed", $"This address takes {context.Response.Headers.Allow}."),
        413 => ServiceProblem.TooLarge("Request too large", "The request body is larger than this service accepts."),
        415 => new(415, "unsupported-media-type", "Unsupported media type", "This address does not take a body of this Content-Type."),
        >= 500 and var status => new(status, "internal", "Internal error", "The service failed on this request; its log has the reason."),
        var status => new(status, "invalid-request", "Request refused", $"The request was refused with status {status}."),
    };
}
