using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Search.Contracts;
using Search.Hosting.Blobs;

namespace Search.Hosting.Problems;

/// <summary>Turns what endpoints throw into problem details. Only an unforeseen exception, a bug of ours, becomes a 500.</summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception e) when (!context.Response.HasStarted && ProblemOf(e, context) is { } problem)
        {
            await ProblemResults.WriteAsync(context, problem);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller hung up; nobody reads an answer.
        }
    }

    private ServiceProblem? ProblemOf(Exception exception, HttpContext context)
    {
        switch (exception)
        {
            case ServiceProblemException e:
                return e.Problem;
            case BlobStoreException:
                LogUnhandled(logger, context.Request.Method, context.Request.Path, exception);
                return ServiceProblem.Unavailable("Pictures can't be stored or read right now; try again soon.");
            case BadHttpRequestException e:
                // Body too large, bad multipart, bad JSON: the framework says which in its status code.
                return e.StatusCode == StatusCodes.Status413PayloadTooLarge
                    ? ServiceProblem.TooLarge("Request too large", "The request body is larger than this service accepts.")
                    : new ServiceProblem(e.StatusCode, "invalid-request", "Request can't be read", e.Message);
            case InvalidDataException e:
                // What the form reader throws for a malformed or oversized multipart body.
                return ServiceProblem.InvalidRequest("Form can't be read", e.Message);
            case OperationCanceledException when context.RequestAborted.IsCancellationRequested:
                return null;
            default:
                LogUnhandled(logger, context.Request.Method, context.Request.Path, exception);
                return new ServiceProblem(500, "internal", "Internal error", "The service failed on this request; its log has the reason.");
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private static partial void LogUnhandled(ILogger logger, string method, string path, Exception exception);
}
