using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Search.Contracts.Messages;
using Search.Hosting.Messaging;

namespace Search.Embedding;

/// <summary>The service's own API, for operators and tools; searches go over the bus.</summary>
public static class EmbeddingEndpoints
{
    public static WebApplication MapEmbedding(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var limits = app.Services.GetRequiredService<IOptions<EmbeddingOptions>>().Value.ImageLimits;
        var routes = app.MapGroup("/embedding").WithTags("Embedding");

        routes.MapGet("/models", async (Rollout rollout, CancellationToken cancellation) =>
                (await rollout.ListAsync(cancellation)).Models.Select(PublishedModelSummary.Of))
            .WithSummary("The published models, what names them and which one answers searches");

        routes.MapGet("/model", (ServedModels models) =>
            {
                using var production = models.UseProduction();
                var active = production.Model;
                return new ActiveModelAnswer(
                    ModelSummary.Of(active.Card),
                    JsonSerializer.Deserialize<JsonElement>(active.Preprocessing.ToJson()),
                    active.PreprocessingFingerprint,
                    active.Provider.Name,
                    active.Runners,
                    active.MaxBatchSize,
                    active.PicturesEmbedded);
            })
            .WithSummary("The model that serves");

        routes.MapPost("/embed", async (HttpRequest request, IQueryHandler<EmbedImage, ImageEmbedding> handler, CancellationToken cancellation) =>
            {
                var image = await PictureBody.ReadAsync(request, limits, cancellation);
                var embedding = await handler.HandleAsync(new EmbedImage { Image = image }, cancellation);
                return new EmbeddingAnswer(
                    embedding.Model.Value,
                    embedding.Vector,
                    embedding.ContentHash,
                    embedding.PerceptualHash.ToString("x16", CultureInfo.InvariantCulture),
                    embedding.DecodeMs,
                    embedding.EmbedMs);
            })
            // Above a picture's limit (by more than one read and its framing), so that the answer to a longer one is ours and says what to do.
            .WithMetadata(new RequestSizeLimitAttribute(limits.MaxBytes + (1L << 20)))
            .WithSummary("The vector of the picture in the request body");

        return app;
    }
}
