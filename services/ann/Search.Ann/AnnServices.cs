using Microsoft.Extensions.Options;
using Search.Ann.Collections;
using Search.Ann.Gate;
using Search.Ann.Groups;
using Search.Ann.Indexes;
using Search.Ann.Indexes.Exact;
using Search.Ann.Indexes.Hnsw;
using Search.Ann.Indexes.Lsh;
using Search.Ann.Indexes.Tree;
using Search.Ann.Indexing;
using Search.Ann.Local;
using Search.Ann.Queries;
using Search.Ann.Releases;
using Search.Ann.Snapshots;
using Search.Ann.Telemetry;
using Search.Ann.Tuning;
using Search.Contracts.Messages;
using Search.Contracts.Verdicts;
using Search.Hosting.Health;
using Search.Hosting.Messaging;

namespace Search.Ann;

/// <summary>The nearest-neighbour service: vectors in, the pictures most similar to one out.</summary>
public static class AnnServices
{
    internal const string ServiceName = "ann";

    /// <summary>Adds what the service needs; configuration section <c>Ann</c>, see <see cref="AnnOptions"/>.</summary>
    public static WebApplicationBuilder AddAnn(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddOptions<AnnOptions>().BindConfiguration(AnnOptions.Section).ValidateDataAnnotations()
            .Validate(options => options.LargeIndex != ExactIndexFactory.IndexName, $"{nameof(AnnOptions.LargeIndex)} takes over from the exact index; to search exactly always, raise {nameof(AnnOptions.ExactUpTo)}.")
            .ValidateOnStart();
        services.AddOptions<GateOptions>().BindConfiguration(GateOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.AddSingleton<IValidateOptions<GateOptions>, GateOptionsValidator>();

        // The next kind of index is one line here; two of one name stop the start.
        services.AddSingleton(provider => new IndexCatalogue(
            new ExactIndexFactory(),
            new ForestIndexFactory(),
            new LshIndexFactory(),
            new HnswIndexFactory(provider.GetRequiredService<IOptions<AnnOptions>>().Value.Hnsw)));

        // The next engine is one line here; AnnOptions.Engine chooses.
        services.AddSingleton<ICollectionEngine, LocalCollectionEngine>();
        services.AddSingleton<CollectionRegistry>();
        services.AddSingleton<AnnMetrics>();

        services.AddHostedService<CollectionLoader>();
        services.AddHostedService<SnapshotService>();
        services.AddSingleton<EffortKeeper>();
        services.AddHostedService(provider => provider.GetRequiredService<EffortKeeper>());
        services.AddSingleton<CatalogueDocuments>();
        services.AddSingleton<CatalogueReader>();
        services.AddSingleton<GroupRunner>();
        services.AddSingleton<ReleasedModels>();
        services.AddSingleton<CollectionSweep>();
        services.AddSingleton<CollectionSweeper>();
        services.AddHostedService(provider => provider.GetRequiredService<CollectionSweeper>());
        services.AddSingleton<GateReader>();
        services.AddSingleton<CatalogueGate>();
        services.AddSingleton<UpsertQueue>();
        services.AddHostedService(provider => provider.GetRequiredService<UpsertQueue>());

        services.AddQueryHandler<SearchNeighbours, NeighboursFound, SearchNeighboursHandler>("ann.search-neighbours");
        services.AddQueryHandler<GetItemVectors, ItemVectors, GetItemVectorsHandler>("ann.get-item-vectors");
        services.AddQueryHandler<GetIndexStatus, IndexStatus, GetIndexStatusHandler>("ann.get-index-status");
        services.AddQueryHandler<JudgeModels, ModelVerdict, JudgeModelsHandler>("ann.judge-models", concurrency: 1);
        // As many at a time as make a batch worth the name.
        services.AddEventHandler<ImageEmbedded, ImageEmbeddedHandler>("ann.image-embedded", concurrency: 64);
        services.AddEventHandler<ImagesRemoved, ImagesRemovedHandler>("ann.images-removed");
        services.AddEventHandler<ItemRemoved, ItemRemovedHandler>("ann.item-removed");

        services.AddBroadcastHandler<ModelAliasesChanged, ModelAliasesChangedHandler>("ann.model-aliases-changed", concurrency: 1);

        services.AddKeyedSingleton<ReadinessGate>(ServiceName);
        services.AddHealthChecks().Add(new("ann-collections", provider => provider.GetRequiredKeyedService<ReadinessGate>(ServiceName), null, null));
        return builder;
    }
}
