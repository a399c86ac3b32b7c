using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Search.Contracts;

namespace Search.Hosting.Problems;

/// <summary>A <see cref="ServiceProblem"/> as an RFC 9457 answer.</summary>
public static class ProblemResults
{
    public static async Task WriteAsync(HttpContext context, ServiceProblem problem)
    {
        context.Response.StatusCode = problem.Status;
        if (problem.RetryAfterSeconds is { } seconds)
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        await context.Response.WriteAsJsonAsync(ToDetails(problem, context.Request.Path), options: null, contentType: "application/problem+json", context.RequestAborted);
    }

    public static ProblemDetails ToDetails(ServiceProblem problem, string? instance) => new()
    {
        Type = $"urn:search:problem:{problem.Type}",
        Title = problem.Title,
        Status = problem.Status,
        Detail = problem.Detail,
        Instance = instance,
    };
}
