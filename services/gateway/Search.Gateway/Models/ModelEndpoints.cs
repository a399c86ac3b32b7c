using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Search.Gateway.Documentation;
using Search.Gateway.Requests;

namespace Search.Gateway.Models;

/// <summary>For operators: which models there are, and which of them answers searches.</summary>
internal static class ModelEndpoints
{
    private const int MaxK = 100;
    private const int MaxSample = 1_000;

    internal static void MapModels(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/models", ListAsync).Describe();
        routes.MapGet("/v1/models/compare", CompareAsync).Describe();
        MapChange(routes, "candidate", (rollout, request, cancellation) => rollout.NameCandidateAsync(request, cancellation));
        MapChange(routes, "promote", (rollout, request, cancellation) => rollout.PromoteAsync(request, cancellation));
        MapChange(routes, "rollback", (rollout, request, cancellation) => rollout.RollBackAsync(request, cancellation));
        MapChange(routes, "release", (rollout, request, cancellation) => rollout.ReleaseAsync(request, cancellation));
        MapChange(routes, "gate", (rollout, request, cancellation) => rollout.JudgeAsync(request, cancellation));
        routes.MapGet("/v1/models/gate", VerdictsAsync).Describe();
        routes.MapPost("/v1/models/verdicts", RecordAsync).WithMetadata(new RequestSizeLimitAttribute(VerdictRequest.MaxBytes)).Describe();
    }

    private static void MapChange<T>(IEndpointRouteBuilder routes, string name, Func<ModelRollout, ModelRequest, CancellationToken, Task<T>> change) =>
        routes.MapPost($"/v1/models/{name}", async Task<Ok<T>> (HttpContext context, ModelRollout rollout) =>
            {
                var request = await ModelRequest.ReadAsync(context.Request, context.RequestAborted);
                return TypedResults.Ok(await change(rollout, request, context.RequestAborted));
            })
            .WithMetadata(new RequestSizeLimitAttribute(ModelRequest.MaxBytes))
            .Describe();

    private static async Task<Ok<ModelsAnswer>> ListAsync(ModelRollout rollout, HttpContext context) => TypedResults.Ok(await rollout.ListAsync(context.RequestAborted));

    private static async Task<Ok<VerdictsAnswer>> VerdictsAsync(HttpContext context, ModelGate gate, string model = "") =>
        TypedResults.Ok(await gate.ListAsync(ModelRequest.Id(model), context.RequestAborted));

    private static async Task<Ok<VerdictsAnswer>> RecordAsync(HttpContext context, ModelGate gate) =>
        TypedResults.Ok(await gate.RecordAsync(await VerdictRequest.ReadAsync(context.Request, context.RequestAborted), context.RequestAborted));

    private static async Task<Ok<ComparisonAnswer>> CompareAsync(HttpContext context, CollectionComparison comparison, string model = "", int k = 10, int sample = 200, int seed = 1)
    {
        if (k is < 1 or > MaxK)
            throw RequestProblems.Parameter(nameof(k), $"is {k}; it counts from 1 to {MaxK}.");
        if (sample is < 1 or > MaxSample)
            throw RequestProblems.Parameter(nameof(sample), $"is {sample}; it counts from 1 to {MaxSample}.");
        return TypedResults.Ok(await comparison.RunAsync(ModelRequest.Id(model), k, sample, seed, context.RequestAborted));
    }
}
