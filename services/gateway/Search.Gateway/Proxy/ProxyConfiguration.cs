using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Configuration;

namespace Search.Gateway.Proxy;

/// <summary>The proxy's routes and clusters out of the gateway's options. They do not change while the process runs.</summary>
internal sealed class ProxyConfiguration(IOptions<GatewayOptions> options) : IProxyConfigProvider
{
    public IProxyConfig GetConfig()
    {
        try
        {
            return new Snapshot(ProxyRoutes.Of(options.Value), ProxyRoutes.Clusters(options.Value));
        }
        catch (Exception e) when (e is OptionsValidationException or InvalidOperationException)
        {
            // Asked for while routes are mapped; the host checks the options a moment later, and says what is wrong when it refuses to start.
            return new Snapshot([], []);
        }
    }

    private sealed record Snapshot(IReadOnlyList<RouteConfig> Routes, IReadOnlyList<ClusterConfig> Clusters) : IProxyConfig
    {
        public IChangeToken ChangeToken { get; } = new CancellationChangeToken(CancellationToken.None);
    }
}
