using Microsoft.Extensions.Options;
using Search.Gateway.Searching;
using Search.Gateway.Status;

namespace Search.Gateway;

public static class GatewayEndpoints
{
    /// <summary>Maps the search API.</summary>
    public static WebApplication MapGateway(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var options = app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value;
        app.MapSearch(options);
        app.MapStatus();
        return app;
    }
}
