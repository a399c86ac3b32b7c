using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Configuration;

namespace Search.Gateway.Proxy;

/// <summary>The proxy's routes and clusters out of the gateway's options. They do not change while the process runs.</summary>
internal sealed class ProxyConfiguration(IOptions<GatewayOptions> options) : IProxyConfigProvider
{
    public IProxyConfig GetConfig() => new Snapshot(ProxyRoutes.Of(options.Value), ProxyRoutes.Clusters(options.Value));

    private sealed record Snapshot(IReadOnlyList<RouteConfig> Routes, IReadOnlyList<ClusterConfig> Clusters) : IProxyConfig
    {
        public IChangeToken ChangeToken { get; } = new CancellationChangeToken(CancellationToken.None);
    }
}
