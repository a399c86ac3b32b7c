using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Search.Contracts.Messages;
using Search.Hosting.Blobs;
using Search.Hosting.Health;
using Search.Hosting.Messaging;
using Search.Registry;

namespace Search.Embedding;

public static class EmbeddingServices
{
    internal const string Name = "embedding";

    /// <summary>Adds the embedding service: model registry, inference, embedding store and handlers. Then <c>MapEmbedding</c>.</summary>
    public static WebApplicationBuilder AddEmbedding(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddOptions<EmbeddingOptions>().BindConfiguration(EmbeddingOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EmbeddingOptions>, EmbeddingOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddBlobStore();

        services.AddModelRegistry();
        services.AddSingleton<ModelSource>();
        services.AddSingleton<ModelSessionFactory>();
        services.AddSingleton<EmbeddingModelLoader>();
        services.AddSingleton<ModelWarmUp>();
        services.AddSingleton<ServedModels>();
        services.AddSingleton<Verdicts>();
        services.AddSingleton<Rollout>();
        services.AddSingleton<EmbeddingStore>();
        services.AddSingleton<PicturePreparer>();
        services.AddSingleton<PictureEmbedder>();
        services.AddSingleton<CataloguePictures>();
        services.AddSingleton<QueriesFirst>();

        services.AddKeyedSingleton<ReadinessGate>(Name);
        services.AddHealthChecks().Add(new(Name, provider => provider.GetRequiredKeyedService<ReadinessGate>(Name), null, null));
        services.AddHostedService<EmbeddingStartup>();
        services.AddHostedService<AliasFollower>();
        services.AddSingleton<ReleasedVectors>();
        services.AddHostedService(provider => provider.GetRequiredService<ReleasedVectors>());

        // The transport is composed while services are still being registered, so the concurrency is read from the configuration here.
        var options = builder.Configuration.GetSection(EmbeddingOptions.Section).Get<EmbeddingOptions>() ?? new EmbeddingOptions();
        services.AddEventHandler<ImageAccepted, ImageAcceptedHandler>("embedding.image-accepted", options.EffectiveCatalogueConcurrency);
        services.AddEventHandler<ImageAccepted, OtherModelsHandler>("embedding.image-accepted-others", options.OthersConcurrency);
        services.AddBroadcastHandler<ModelAliasesChanged, ModelAliasesChangedHandler>("embedding.model-aliases-changed", concurrency: 1);
        services.AddEventHandler<ContentReleased, ContentReleasedHandler>("embedding.content-released");
        // More than may wait: a query too many is told so at once instead of lying in the transport.
        services.AddQueryHandler<EmbedImage, ImageEmbedding, EmbedImageHandler>("embedding.embed-image", 2 * options.QueueCapacity);
        services.AddQueryHandler<GetActiveModel, ActiveModel, GetActiveModelHandler>("embedding.get-active-model");
        services.AddQueryHandler<GetServedModels, ModelsServed, GetServedModelsHandler>("embedding.get-served-models");
        services.AddQueryHandler<GetModels, ModelList, GetModelsHandler>("embedding.get-models");
        // Rare; Rollout takes them one at a time.
        services.AddQueryHandler<NameCandidate, ModelList, NameCandidateHandler>("embedding.name-candidate", concurrency: 1);
        services.AddQueryHandler<PromoteModel, ModelList, PromoteModelHandler>("embedding.promote-model", concurrency: 1);
        services.AddQueryHandler<RollBackModel, ModelList, RollBackModelHandler>("embedding.roll-back-model", concurrency: 1);
        services.AddQueryHandler<ReleaseModel, ModelList, ReleaseModelHandler>("embedding.release-model", concurrency: 1);
        services.AddQueryHandler<RecordVerdict, VerdictList, RecordVerdictHandler>("embedding.record-verdict", concurrency: 1);
        services.AddQueryHandler<GetVerdicts, VerdictList, GetVerdictsHandler>("embedding.get-verdicts");
        return builder;
    }
}
