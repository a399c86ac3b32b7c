using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Search.Hosting.Health;
using Search.Hosting.Messaging;
using Search.Hosting.Problems;
using Search.Hosting.Telemetry;

namespace Search.Hosting;

/// <summary>
/// What every service does the same way. A service's Program: <c>CreateBuilder</c>, its own <c>AddXxx</c>, <see cref="Build"/>, its own <c>MapXxx</c>, run.
/// </summary>
public static class ServiceHost
{
    /// <param name="service">Name in traces, metrics and logs, e.g. <c>embedding</c>.</param>
    public static WebApplicationBuilder CreateBuilder(string service, string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.AddSearchTelemetry(service);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<DataDirectory>();
        builder.Services.AddHealthChecks();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        return builder;
    }

    /// <summary>Composes messaging out of the registered handlers and adds the shared middleware and endpoints.</summary>
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSearchMessaging(builder.Configuration);
        var app = builder.Build();
        app.UseMiddleware<ProblemMiddleware>();
        app.MapPrometheusScrapingEndpoint("/metrics");
        app.MapSearchHealth();
        return app;
    }

    /// <summary>Runs until the process is told to stop.</summary>
    /// <returns>The exit code: 0 after an orderly stop; 1 when the service could not start, with one sentence on the error stream that says why.</returns>
    public static async Task<int> RunAsync(WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        try
        {
            await app.RunAsync();
            return 0;
        }
        catch (Exception e)
        {
            // The host has logged it with its stack; a person at a terminal wants the sentence.
            await Console.Error.WriteLineAsync($"Stopped: {e.Message}");
            return 1;
        }
    }
}
