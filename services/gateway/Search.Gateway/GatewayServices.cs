using Search.Gateway.Searching;
using Search.Gateway.Status;
using Search.Hosting.Blobs;

namespace Search.Gateway;

public static class GatewayServices
{
    /// <summary>Adds what the gateway needs; configuration section <c>Gateway</c>, see <see cref="GatewayOptions"/>.</summary>
    public static WebApplicationBuilder AddGateway(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddOptions<GatewayOptions>().BindConfiguration(GatewayOptions.Section).ValidateOnStart();
        services.AddBlobStore();
        services.AddSingleton<ActiveModelCache>();
        services.AddSingleton<QueryImages>();
        services.AddSingleton<QueryVectors>();
        services.AddSingleton<CandidateSearch>();
        services.AddSingleton<SearchPipeline>();
        services.AddSingleton<StatusReport>();
        return builder;
    }
}
