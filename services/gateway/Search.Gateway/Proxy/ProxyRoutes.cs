using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Transforms;

namespace Search.Gateway.Proxy;

/// <summary>
/// The routes to the services' own APIs. Items, uploads, categories, groups and training jobs keep their path; everything below <c>/services/NAME</c> loses that
/// prefix, so <c>/services/ann/v1/collections</c> reaches <c>/v1/collections</c> of the nearest-neighbour service.
/// </summary>
internal static class ProxyRoutes
{
    /// <summary>Longest time without a byte in either direction: an import may think between two lines.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(5);

    internal static IReadOnlyList<RouteConfig> Of(GatewayOptions options) =>
    [
        To(ServiceNames.Indexing, "/v1/items/{**rest}", options.MaxItemBodyBytes),
        To(ServiceNames.Indexing, "/v1/items:import", options.MaxImportBodyBytes),
        To(ServiceNames.Indexing, "/v1/uploads/{**rest}", options.MaxImportBodyBytes),
        To(ServiceNames.Indexing, "/v1/categories", options.MaxItemBodyBytes),
        To(ServiceNames.Indexing, "/v1/distinct-items/{**rest}", options.MaxItemBodyBytes),
        To(ServiceNames.Ann, "/v1/groups/{**rest}", options.MaxItemBodyBytes),
        To(ServiceNames.Trainer, "/v1/training-jobs/{**rest}", options.MaxItemBodyBytes),
        .. ServiceNames.All.Select(service => To(service, $"/services/{service}/{{**rest}}", options.MaxImportBodyBytes)
            .WithTransformPathRemovePrefix($"/services/{service}")),
    ];

    internal static IReadOnlyList<ClusterConfig> Clusters(GatewayOptions options) => [.. ServiceNames.All.Select(service => new ClusterConfig
    {
        ClusterId = service,
        // A service without an address has no destination and answers 503.
        Destinations = options.Services.TryGetValue(service, out var addresses)
            ? ServiceNames.Replicas(addresses).Distinct().ToDictionary(address => address, address => new DestinationConfig { Address = address })
            : null,
        HealthCheck = new HealthCheckConfig
        {
            // When none seems well, one is tried all the same: it may have come back since it was last asked.
            AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyOrPanic,
            // Out of use while it says that it is not ready, or fails request after request.
            Active = new ActiveHealthCheckConfig
            {
                Enabled = true, Path = "/health/ready", Interval = TimeSpan.FromSeconds(5), Timeout = TimeSpan.FromSeconds(2),
            },
            Passive = new PassiveHealthCheckConfig { Enabled = true, ReactivationPeriod = TimeSpan.FromSeconds(5) },
        },
        HttpRequest = new ForwarderRequestConfig { ActivityTimeout = Silence },
    })];

    private static RouteConfig To(string service, string path, long maxBodyBytes) => new RouteConfig
    {
        RouteId = path,
        ClusterId = service,
        Match = new RouteMatch { Path = path },
        MaxRequestBodySize = maxBodyBytes,
    }
        // The key has done its work here; the services read the scopes instead.
        .WithTransformRequestHeaderRemove("X-Api-Key")
        .WithTransformRequestHeaderRemove("Authorization");
}
