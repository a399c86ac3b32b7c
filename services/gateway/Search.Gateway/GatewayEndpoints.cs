using Microsoft.Extensions.Options;
using Search.Gateway.Access;
using Search.Gateway.Browser;
using Search.Gateway.Documentation;
using Search.Gateway.Models;
using Search.Gateway.Problems;
using Search.Gateway.Proxy;
using Search.Gateway.Searching;
using Search.Gateway.Status;

namespace Search.Gateway;

public static class GatewayEndpoints
{
    /// <summary>
    /// The page, the search API and its documentation, and for every endpoint of the process keys, limits and security headers. Call it
    /// before the services' own <c>MapXxx</c>.
    /// </summary>
    public static WebApplication MapGateway(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseSecurityHeaders();
        app.UseStatusProblems();
        app.UsePage();
        // Before the keys: a browser's preflight carries none.
        app.UseCors();
        app.UseMiddleware<AccessMiddleware>();
        app.UseRateLimiter();
        app.MapSearch();
        app.MapStatus();
        app.MapModels();
        app.MapDocumentation();
        return app;
    }

    /// <summary>Passes the services' own APIs on to where they run; only for a gateway that runs apart from them.</summary>
    public static WebApplication MapGatewayProxy(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        // The proxy reads its options while it is mapped. When they are wrong, the host says so as it refuses to start.
        if (OptionsAreRight(app))
            app.MapReverseProxy(ProxyPipeline.Build);
        return app;
    }

    private static bool OptionsAreRight(WebApplication app)
    {
        try
        {
            return app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value is not null;
        }
        catch (Exception e) when (e is OptionsValidationException or InvalidOperationException)
        {
            return false;
        }
    }
}
