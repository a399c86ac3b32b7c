using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Net.Http.Headers;
using Search.Contracts;
using Search.Hosting.Problems;
using Search.Indexing.Import;

namespace Search.Indexing.Api;

/// <summary>Bulk import: one item a line of JSON.</summary>
internal static class ImportEndpoint
{
    /// <summary>None of them can be sent by a foreign web page without asking first, as text/plain could.</summary>
    private static readonly string[] MediaTypes = ["application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines"];

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/items:import", PostAsync)
        .WithSummary("Import many items: NDJSON of metadata and images by path, uploadId or data")
        .Produces<ImportReport>(StatusCodes.Status202Accepted);

    private static async Task<IResult> PostAsync(HttpContext context, BulkImport import, CancellationToken cancellation)
    {
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
            || !MediaTypes.Contains(type.MediaType.ToString(), StringComparer.OrdinalIgnoreCase))
        {
            throw new ServiceProblemException(new ServiceProblem(
                415, "ndjson-expected", "Not an import", "Send one JSON object a line with Content-Type application/x-ndjson."));
        }
        // Any number of lines: memory is that of a few of them. And the sender may think, or wait for us, between two lines.
        context.Request.LimitBody(null);
        context.Features.Get<IHttpMinRequestBodyDataRateFeature>()?.MinDataRate = null;
        var report = await import.RunAsync(context.Request.Body, cancellation);
        return report.NothingTaken ? NothingTaken(report, context.Request.Path) : Results.Accepted(report.StatusUrl, report);
    }

    private static IResult NothingTaken(ImportReport report, string instance)
    {
        var details = ProblemResults.ToDetails(
            new ServiceProblem(400, "nothing-imported", "Nothing imported", $"All {report.Rejected} lines were refused; 'errors' says why."), instance);
        details.Extensions["accepted"] = report.Accepted;
        details.Extensions["unchanged"] = report.Unchanged;
        details.Extensions["rejected"] = report.Rejected;
        details.Extensions["errors"] = report.Errors;
        details.Extensions["statusUrl"] = report.StatusUrl;
        return Results.Problem(details);
    }
}
