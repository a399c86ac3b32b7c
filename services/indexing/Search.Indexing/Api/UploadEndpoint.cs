using Microsoft.Extensions.Options;
using Search.Contracts;
using Search.Hosting.Problems;
using Search.Indexing.Content;
using Search.Indexing.Storage;

namespace Search.Indexing.Api;

/// <summary>Takes a picture ahead of the import that will name it.</summary>
internal static class UploadEndpoint
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/uploads", PostAsync)
        .WithSummary("Upload a picture for a later import: the raw bytes, or a form with one 'image'")
        .Produces<UploadResponse>(StatusCodes.Status201Created);

    private static async Task<IResult> PostAsync(
        HttpRequest request, CatalogueDatabase catalogue, PictureStore store, IOptions<IndexingOptions> options, CancellationToken cancellation)
    {
        var maxBytes = options.Value.MaxImageBytes;
        // Room for the form around the picture.
        request.LimitBody(maxBytes + (1L << 20));
        var bytes = FormReader.IsForm(request)
            ? await ReadFormAsync(request, maxBytes, cancellation)
            : await BoundedReader.ReadAsync(request.Body, maxBytes, cancellation);
        using var hold = store.Open();
        var picture = await store.KeepAsync(bytes ?? throw PictureProblems.TooManyBytes(maxBytes), hold, cancellation);
        var id = Guid.NewGuid().ToString("n");
        await catalogue.WriteAsync(
            session =>
            {
                session.Uploads.Add(id, picture, session.Now);
                session.Content.ForgetLoose(picture.ContentHash);
            },
            cancellation);
        return Results.Json(new UploadResponse(id), statusCode: StatusCodes.Status201Created);
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadFormAsync(HttpRequest request, int maxBytes, CancellationToken cancellation)
    {
        await foreach (var part in FormReader.PartsAsync(request, cancellation))
        {
            if (part.Name == "image")
                return await part.ReadAsync(maxBytes, cancellation);
        }
        throw new ServiceProblemException(ServiceProblem.InvalidRequest("Form can't be used", "The part 'image' is missing."));
    }
}
