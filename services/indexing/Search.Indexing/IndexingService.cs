using Microsoft.Extensions.DependencyInjection.Extensions;
using Search.Contracts.Catalogue;
using Search.Contracts.Messages;
using Search.Hosting;
using Search.Hosting.Blobs;
using Search.Hosting.Health;
using Search.Hosting.Messaging;
using Search.Indexing.Api;
using Search.Indexing.Content;
using Search.Indexing.Import;
using Search.Indexing.Outbox;
using Search.Indexing.Progress;
using Search.Indexing.Queries;
using Search.Indexing.Reconciliation;
using Search.Indexing.Storage;
using Search.Indexing.Telemetry;

namespace Search.Indexing;

/// <summary>The catalogue: takes items and pictures in, sends the pictures on their way and knows how far each of them is.</summary>
public static class IndexingService
{
    internal const string Name = "indexing";

    /// <summary>Events are a short write each, and writes that meet share a commit.</summary>
    private const int EventConcurrency = 64;

    public static WebApplicationBuilder AddIndexing(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddOptions<IndexingOptions>().BindConfiguration(IndexingOptions.Section).ValidateDataAnnotations()
            .Validate(o => string.IsNullOrEmpty(o.ImportRoot) || Directory.Exists(o.ImportRoot), "Indexing:ImportRoot is not an existing folder.")
            .ValidateOnStart();
        AddCatalogue(services);
        AddIntake(services);
        AddMessages(services);
        return builder;
    }

    public static WebApplication MapIndexing(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        ItemEndpoints.Map(app);
        ImageEndpoint.Map(app);
        UploadEndpoint.Map(app);
        ImportEndpoint.Map(app);
        DistinctEndpoints.Map(app);
        return app;
    }

    private static void AddCatalogue(IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<ReleaseSignal>();
        services.AddSingleton(provider => new CatalogueDatabase(
            Path.Combine(provider.GetRequiredService<DataDirectory>().For(Name), "catalogue.db"),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<OutboxSignal>(),
            provider.GetRequiredService<ReleaseSignal>()));
        services.AddSingleton<IndexingMetrics>();
        var readiness = new ReadinessGate();
        services.AddKeyedSingleton(Name, readiness);
        services.AddHealthChecks().AddCheck(Name, readiness);
    }

    private static void AddIntake(IServiceCollection services)
    {
        services.AddBlobStore();
        services.AddSingleton<ContentLeases>();
        services.AddSingleton<DecodeGate>();
        services.AddSingleton<PictureStore>();
        services.AddSingleton<ThumbnailStore>();
        services.AddSingleton<ImportRoot>();
        services.AddSingleton<BulkImport>();
    }

    private static void AddMessages(IServiceCollection services)
    {
        services.AddSingleton<OutboxPublisher>();
        services.AddSingleton<OutboxRound>();
        services.AddSingleton<ModelFollower>();
        services.AddHostedService<Reconciler>();
        services.AddSingleton<FillingRates>();
        services.AddSingleton<FillingRound>();
        services.AddHostedService<CollectionFiller>();
        services.AddHostedService<OutboxDispatcher>();
        services.AddSingleton<ContentCleaner>();
        services.AddHostedService(provider => provider.GetRequiredService<ContentCleaner>());
        services.AddEventHandler<ImageEmbedded, ImageEmbeddedHandler>("indexing.image-embedded", EventConcurrency);
        services.AddEventHandler<ImageEmbeddingFailed, ImageEmbeddingFailedHandler>("indexing.image-embedding-failed", EventConcurrency);
        services.AddEventHandler<ImageIndexed, ImageIndexedHandler>("indexing.image-indexed", EventConcurrency);
        services.AddEventHandler<CollectionDropped, CollectionDroppedHandler>("indexing.collection-dropped", concurrency: 1);
        services.AddBroadcastHandler<ServedModelsChanged, ServedModelsChangedHandler>("indexing.served-models-changed", concurrency: 1);
        services.AddQueryHandler<GetFillingProgress, FillingProgress, FillingProgressHandler>("indexing.get-filling-progress", concurrency: 2);
        services.AddQueryHandler<SampleItems, ItemSample, SampleItemsHandler>("indexing.sample-items");
        services.AddQueryHandler<GetCatalogueStatus, CatalogueStatus, CatalogueStatusHandler>("indexing.get-catalogue-status");
        services.AddQueryHandler<ListItemChanges, ItemChanges, ItemChangesHandler>("indexing.list-item-changes");
        services.AddQueryHandler<GetItem, ItemDocument, GetItemHandler>("indexing.get-item");
        services.AddQueryHandler<ListDistinctItems, DistinctItems, DistinctItemsHandler>("indexing.list-distinct-items");
    }
}
