using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Search.Hosting.Telemetry;

internal static class TelemetryServices
{
    /// <summary>The frameworks tell several lines a request at Information; traces and metrics tell the same. Settings overrule.</summary>
    private static readonly Dictionary<string, string?> s_defaultLevels = new()
    {
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:LogLevel:System.Net.Http.HttpClient"] = "Warning",
        ["Logging:LogLevel:Yarp"] = "Warning",
    };

    /// <summary>
    /// Traces over HTTP, the bus and our own spans; metrics for Prometheus at <c>/metrics</c>. Traces leave the process only when the standard variable
    /// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names a collector. Logs are one JSON object a line unless <c>Logging:Format</c> is <c>text</c>.
    /// </summary>
    internal static void AddSearchTelemetry(this WebApplicationBuilder builder, string service)
    {
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = s_defaultLevels });
        builder.Logging.ClearProviders();
        if (builder.Configuration["Logging:Format"] == "text")
            builder.Logging.AddSimpleConsole(o => o.SingleLine = true);
        else
            builder.Logging.AddJsonConsole(o => o.IncludeScopes = true);
        // A service that is not ready yet says so at /health/ready; each probe would log it as an error of its own.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        builder.Logging.Configure(o => o.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId);

        var version = Assembly.GetEntryAssembly()?.GetName().Version?.ToString(3) ?? "0.0.0";
        var export = !string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(service, serviceNamespace: "search", serviceVersion: version))
            .WithTracing(tracing =>
            {
                tracing.AddSource(SearchTelemetry.Name, "MassTransit", "Yarp.ReverseProxy")
                    .AddAspNetCoreInstrumentation(o => o.Filter = IsWork)
                    .AddHttpClientInstrumentation();
                if (export)
                    tracing.AddOtlpExporter();
            })
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(SearchTelemetry.Name, "MassTransit")
                    .AddAspNetCoreInstrumentation()
                    .AddHttpClientInstrumentation()
                    .AddRuntimeInstrumentation()
                    .AddPrometheusExporter();
                if (export)
                    metrics.AddOtlpExporter();
            });
    }

    /// <summary>Probes and scrapes come every few seconds and would drown the traces of work.</summary>
    private static bool IsWork(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal)
        && !context.Request.Path.StartsWithSegments("/metrics", StringComparison.Ordinal);
}
