using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;

namespace Search.Gateway.Browser;

/// <summary>Pages of other origins may call when configured. Keys travel in a header, never in a cookie, so credentials stay off.</summary>
internal sealed class CrossOrigin(IOptions<GatewayOptions> gateway) : IConfigureOptions<CorsOptions>
{
    public void Configure(CorsOptions options) => options.AddDefaultPolicy(policy =>
    {
        policy.WithMethods("GET", "HEAD", "POST", "PUT", "DELETE")
            .WithHeaders("Content-Type", "X-Api-Key", "Authorization")
            .WithExposedHeaders("Location", "Retry-After", "ETag")
            .SetPreflightMaxAge(TimeSpan.FromHours(1));
        if (gateway.Value.AllowedOrigins.Contains("*"))
            policy.AllowAnyOrigin();
        else
            policy.WithOrigins([.. gateway.Value.AllowedOrigins]);
    });
}
