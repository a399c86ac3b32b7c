using Search.Hosting.Problems;

namespace Search.Gateway.Proxy;

/// <summary>What happens to a request between its route and the service: the size is checked, then one of the service's replicas is chosen.</summary>
internal static class ProxyPipeline
{
    internal static void Build(IReverseProxyApplicationBuilder proxy)
    {
        proxy.Use((context, next) =>
        {
            context.Request.LimitBody(context.GetRouteModel().Config.MaxRequestBodySize);
            return next(context);
        });
        proxy.UseLoadBalancing();
        proxy.UsePassiveHealthChecks();
    }
}
