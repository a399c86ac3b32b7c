using Search.Contracts;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace Search.Gateway.Proxy;

internal static class ProxyProblems
{
    /// <summary>What the proxy could not do for this request, or null when it was not the proxy that failed.</summary>
    internal static ServiceProblem? Of(HttpContext context)
    {
        var failure = context.Features.Get<IForwarderErrorFeature>();
        // A body that the caller sends badly is the caller's mistake, also when it is found out while passing it on.
        if ((failure?.Exception as BadHttpRequestException ?? failure?.Exception?.InnerException as BadHttpRequestException) is { } bad)
        {
            return bad.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? ServiceProblem.TooLarge("Request too large", "The request body is larger than this address accepts.")
                : ServiceProblem.InvalidRequest("Request can't be read", bad.Message);
        }
        var proxied = context.Features.Get<IReverseProxyFeature>();
        return failure is not null || (proxied is not null && context.Response.StatusCode is 502 or 503 or 504)
            ? ServiceProblem.Unavailable(WhatIsAway(proxied?.Cluster.Config))
            : null;
    }

    private static string WhatIsAway(ClusterConfig? service) => service?.Destinations is null or { Count: 0 }
        ? $"No address of the {service?.ClusterId ?? "asked"} service is configured; start it, and set Gateway:Services:{service?.ClusterId} to its address."
        : $"The {service.ClusterId} service can't be reached or did not answer.";
}
