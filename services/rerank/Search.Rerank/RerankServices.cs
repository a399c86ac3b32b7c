using Search.Contracts.Messages;
using Search.Hosting.Health;
using Search.Hosting.Messaging;
using Search.Rerank.Catalogue;
using Search.Rerank.Rules;

namespace Search.Rerank;

/// <summary>The re-ranking service: similar pictures in, the answer a shopper sees out.</summary>
public static class RerankServices
{
    public static WebApplicationBuilder AddRerank(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddOptions<RerankOptions>().BindConfiguration(RerankOptions.Section).ValidateDataAnnotations().ValidateOnStart();

        // The next rule is one file and one line here; its place in the chain comes from RerankOptions.Chain.
        services.AddSingleton<IReranker, VisibilityRule>();
        services.AddSingleton<IReranker, OwnItemRule>();
        services.AddSingleton<IReranker, FilterRule>();
        services.AddSingleton<IReranker, SameItemRule>();
        services.AddSingleton<IReranker, ExactDuplicateRule>();
        services.AddSingleton<IReranker, NearDuplicateRule>();
        services.AddSingleton<RerankChain>();

        services.AddSingleton<ItemCatalogue>();
        services.AddSingleton<CatalogueSync>();
        services.AddHostedService(provider => provider.GetRequiredService<CatalogueSync>());
        services.AddBroadcastHandler<ItemChanged, ItemChangedHandler>("rerank.item-changed");
        services.AddBroadcastHandler<ItemRemoved, ItemRemovedHandler>("rerank.item-removed");
        services.AddQueryHandler<RerankCandidates, RerankedResults, RerankHandler>("rerank.rerank-candidates");

        services.AddKeyedSingleton<ReadinessGate>("rerank");
        services.AddHealthChecks().Add(new("rerank-catalogue", p => p.GetRequiredKeyedService<ReadinessGate>("rerank"), null, null));
        return builder;
    }

    /// <summary>The service's own API: which rules run, in which order.</summary>
    public static WebApplication MapRerank(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        // Made here, before the host starts, so that a chain that can't run stops the start.
        _ = app.Services.GetRequiredService<RerankChain>();
        app.MapGet("/rerank/rules", (RerankChain chain) => new { chain = chain.Names, known = chain.Known });
        return app;
    }
}
