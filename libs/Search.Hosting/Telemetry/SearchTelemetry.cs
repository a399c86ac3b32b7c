using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Search.Hosting.Telemetry;

/// <summary>The suite's one source of spans and one meter; services add their instruments to it under <c>search.SERVICE.*</c>.</summary>
public static class SearchTelemetry
{
    public const string Name = "Search";

    public static readonly ActivitySource Source = new(Name);

    public static readonly Meter Meter = new(Name);
}
