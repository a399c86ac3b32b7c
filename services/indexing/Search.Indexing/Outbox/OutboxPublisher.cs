using System.Diagnostics;
using System.Text.Json;
using Search.Contracts;
using Search.Contracts.Catalogue;
using Search.Contracts.Messages;
using Search.Hosting.Blobs;
using Search.Hosting.Messaging;
using Search.Hosting.Telemetry;
using Search.Indexing.Catalogue;
using Search.Indexing.Storage;

namespace Search.Indexing.Outbox;

/// <summary>Turns what the catalogue keeps for publication into events, each in the trace of the change that caused it.</summary>
internal sealed class OutboxPublisher(IEventBus bus)
{
    /// <summary>How each kind of event that is kept whole leaves; a new kind is one line here.</summary>
    private static readonly Dictionary<string, Func<OutboxPublisher, OutboxRow, CancellationToken, Task>> Kinds = new()
    {
        [nameof(ItemRemoved)] = PublishBodyAsync<ItemRemoved>,
        [nameof(ImagesRemoved)] = PublishBodyAsync<ImagesRemoved>,
        [nameof(ContentReleased)] = PublishBodyAsync<ContentReleased>,
    };

    /// <param name="document">The item that the row is about, where it is about one's document; null when it has gone, whose ItemRemoved is on the way.</param>
    internal async Task PublishAsync(OutboxRow row, ItemDocument? document, CancellationToken cancellation)
    {
        using var activity = Continue(row.Kind, row.TraceParent);
        if (row.Body is not null)
            await Kinds[row.Kind](this, row, cancellation);
        else if (document is not null)
            await bus.PublishAsync(new ItemChanged { Item = document }, cancellation);
    }

    /// <summary>For every served model.</summary>
    internal async Task PublishAsync(ItemImage image, string? traceParent, CancellationToken cancellation)
    {
        using var activity = Continue(nameof(ImageAccepted), traceParent);
        await PublishAsync(image, onlyModel: null, cancellation);
    }

    /// <param name="onlyModel">The one model whose vector is lacking; null for every served one.</param>
    internal async Task PublishAsync(ItemImage image, EmbeddingModelId? onlyModel, CancellationToken cancellation) =>
        await bus.PublishAsync(
            new ImageAccepted
            {
                ItemId = image.ItemId,
                ImageNumber = image.Number,
                Revision = image.Revision,
                ContentHash = image.ContentHash,
                BlobKey = BlobKeys.Image(image.ContentHash),
                OnlyModel = onlyModel,
            },
            cancellation);

    private static Task PublishBodyAsync<TEvent>(OutboxPublisher publisher, OutboxRow row, CancellationToken cancellation) where TEvent : class =>
        publisher.PublishAsync(JsonSerializer.Deserialize<TEvent>(row.Body!)!, cancellation);

    private Task PublishAsync<TEvent>(TEvent message, CancellationToken cancellation) where TEvent : class => bus.PublishAsync(message, cancellation);

    /// <summary>Nothing is traced twice: without the cause's trace there is no span either.</summary>
    private static Activity? Continue(string kind, string? traceParent) => traceParent is null
        ? null
        : SearchTelemetry.Source.StartActivity($"publish {kind}", ActivityKind.Internal, traceParent);
}
