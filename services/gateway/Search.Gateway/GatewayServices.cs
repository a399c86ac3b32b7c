using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using Search.Contracts.Messages;
using Search.Gateway.Access;
using Search.Gateway.Browser;
using Search.Gateway.Documentation;
using Search.Gateway.Limits;
using Search.Gateway.Models;
using Search.Gateway.Proxy;
using Search.Gateway.Searching;
using Search.Gateway.Status;
using Search.Hosting.Blobs;
using Search.Hosting.Health;
using Search.Hosting.Messaging;
using Yarp.ReverseProxy.Configuration;

namespace Search.Gateway;

public static class GatewayServices
{
    /// <summary>Adds what the gateway needs; configuration section <c>Gateway</c>, see <see cref="GatewayOptions"/>.</summary>
    public static WebApplicationBuilder AddGateway(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        // A misspelt setting is a mistake: it could be the one that was meant to close the door.
        services.AddOptions<GatewayOptions>()
            .BindConfiguration(GatewayOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<GatewayOptions>, GatewayOptionsValidator>();
        AddSearching(services);
        AddEdge(services);
        return builder;
    }

    private static void AddSearching(IServiceCollection services)
    {
        services.AddBlobStore();
        services.AddSingleton<ActiveModelCache>();
        services.AddSingleton<QueryImages>();
        services.AddSingleton<QueryVectors>();
        services.AddSingleton<CandidateSearch>();
        services.AddSingleton<SearchAdmission>();
        services.AddSingleton<SearchPipeline>();
        services.AddSingleton<StatusReport>();
        services.AddSingleton<ModelGate>();
        services.AddSingleton<ModelRollout>();
        services.AddSingleton<CollectionComparison>();
        services.AddBroadcastHandler<ServedModelsChanged, ServedModelsChangedHandler>("gateway.served-models-changed");

        services.AddKeyedSingleton<ReadinessGate>(SearchWarmUp.Name);
        services.AddHealthChecks().Add(new(SearchWarmUp.Name, provider => provider.GetRequiredKeyedService<ReadinessGate>(SearchWarmUp.Name), null, null));
        services.AddHostedService<SearchWarmUp>();
    }

    private static void AddEdge(IServiceCollection services)
    {
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<OpenAccess>();
        services.AddHostedService<ListenCheck>();
        services.AddRateLimiter(_ => { });
        services.AddSingleton<IConfigureOptions<RateLimiterOptions>, RequestRates>();
        services.AddCors();
        services.AddSingleton<IConfigureOptions<CorsOptions>, CrossOrigin>();
        services.AddDocumentation();
        services.AddReverseProxy();
        services.AddSingleton<IProxyConfigProvider, ProxyConfiguration>();
    }
}
