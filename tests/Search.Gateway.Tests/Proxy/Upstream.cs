using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Search.Gateway.Tests.Proxy;

/// <summary>A small real server in place of a service behind the proxy.</summary>
internal sealed class Upstream : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TaskCompletionSource _firstBytes = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Upstream(WebApplication app)
    {
        _app = app;
    }

    internal string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>Completes when the first bytes of an import have come in.</summary>
    internal Task FirstBytes => _firstBytes.Task;

    /// <summary>Says who it is, what path it was asked for and which headers came along; counts the bytes of bodies as they come.</summary>
    internal static async Task<Upstream> StartAsync(string name)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        var app = builder.Build();
        var upstream = new Upstream(app);
        app.MapGet("/health/ready", () => "ready");
        app.MapPost("/v1/items:import", upstream.CountAsync);
        app.MapGet("/v1/items/bare", () => Results.StatusCode(404));
        app.MapGet("/v1/items/broken", (HttpContext context) => context.Abort());
        app.MapGet("/v1/items/refused", () => Results.Json(new { title = "its own words" }, contentType: "application/problem+json", statusCode: 409));
        app.MapGet("/v1/items/picture", (HttpResponse response) =>
        {
            response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
            return "picture";
        });
        app.MapFallback((HttpRequest request) => Results.Json(new
        {
            service = name,
            path = request.Path.Value,
            query = request.QueryString.Value,
            scopes = request.Headers["X-Search-Scopes"].ToString(),
            secrets = request.Headers.ContainsKey("X-Api-Key") || request.Headers.ContainsKey("Authorization"),
        }));
        await app.StartAsync();
        return upstream;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<string> CountAsync(HttpRequest request)
    {
        var buffer = new byte[64 * 1024];
        long total = 0;
        for (int read; (read = await request.Body.ReadAsync(buffer)) > 0; total += read)
            _firstBytes.TrySetResult();
        return total.ToString(CultureInfo.InvariantCulture);
    }
}
