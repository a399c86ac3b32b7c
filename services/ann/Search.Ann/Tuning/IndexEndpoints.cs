using Microsoft.AspNetCore.Http.HttpResults;
using Search.Ann.Collections;
using Search.Ann.Indexes;
using Search.Ann.Indexes.Tuning;
using Search.Contracts;

namespace Search.Ann.Tuning;

/// <summary>For operators: what the indexes of a collection are and take, and how much they find.</summary>
internal static class IndexEndpoints
{
    private const int MostK = 1_000;
    private const int MostQueries = 2_000;

    // A measurement keeps all processors busy for seconds: one at a time.
    private static readonly SemaphoreSlim _measuring = new(1);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/ann/collections/{model}/indexes", DescribeAsync);
        routes.MapGet("/ann/collections/{model}/recall", MeasureAsync);
    }

    private static async Task<Results<Ok<IReadOnlyList<Described>>, NotFound>> DescribeAsync(string model, CollectionRegistry registry, EffortKeeper efforts, CancellationToken cancellation)
    {
        if (await FindAsync(model, registry, cancellation) is not { } collection) return TypedResults.NotFound();
        return TypedResults.Ok<IReadOnlyList<Described>>([.. collection.Indexes.Select(index => new Described(index.Describe(), efforts.Of(index)))]);
    }

    private static async Task<Results<Ok<IReadOnlyList<Measured>>, NotFound, ProblemHttpResult>> MeasureAsync(
        string model, CollectionRegistry registry, CancellationToken cancellation, int k = 10, int queries = 200)
    {
        if (k is < 1 or > MostK || queries is < 1 or > MostQueries)
            return TypedResults.Problem($"k is 1 to {MostK}, and queries 1 to {MostQueries}; they are {k} and {queries}.", statusCode: StatusCodes.Status400BadRequest);
        if (await FindAsync(model, registry, cancellation) is not { } collection) return TypedResults.NotFound();
        if (!await _measuring.WaitAsync(TimeSpan.Zero, cancellation))
            return TypedResults.Problem("Another measurement is under way.", statusCode: StatusCodes.Status429TooManyRequests);
        try
        {
            return TypedResults.Ok<IReadOnlyList<Measured>>(await Task.Run(
                () => collection.Indexes.Select(index => new Measured(
                    index.Name, index.Count, RecallMeter.Prepare(index, QuerySample.Draw(index, queries), k, cancellation: cancellation).Measure(index, effort: 0))).ToArray(), cancellation));
        }
        finally
        {
            _measuring.Release();
        }
    }

    private static async Task<IIndexedCollection?> FindAsync(string model, CollectionRegistry registry, CancellationToken cancellation) =>
        EmbeddingModelId.IsValid(model) ? await registry.FindAsync(new EmbeddingModelId(model), cancellation) as IIndexedCollection : null;

    private sealed record Described(IndexDescription Index, TunedEffort? Effort);

    private sealed record Measured(string Index, int Count, MeasuredRecall Recall);
}
