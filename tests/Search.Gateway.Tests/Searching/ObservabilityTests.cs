using System.Collections.Concurrent;
using System.Diagnostics;
using Search.Gateway.Tests.Hosting;
using Search.Hosting.Telemetry;

namespace Search.Gateway.Tests.Searching;

public sealed class ObservabilityTests
{
    [Fact]
    public async Task Search_IsOneTrace_ThatCarriesItsQueryId()
    {
        var spans = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is SearchTelemetry.Name or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);

        await using var host = await GatewayHost.StartAsync();
        string queryId;
        using (var response = await host.SearchAsync(Form.WithImage()))
            queryId = (await response.ReadAsync()).GetProperty("queryId").GetString()!;
        // The server ends its span after the answer has gone out; stopping it waits for that.
        await host.StopAsync();

        var search = Assert.Single(spans, s => Equals(s.GetTagItem("search.query_id"), queryId));
        Assert.Equal("image", search.GetTagItem("search.kind"));
        var ours = spans.Where(s => s.TraceId == search.TraceId).ToList();
        foreach (var hop in new[] { "EmbedImage", "SearchNeighbours", "RerankCandidates" })
            Assert.Contains(ours, s => s.OperationName == hop);
    }

    [Fact]
    public async Task Search_IsInTheMetrics()
    {
        await using var host = await GatewayHost.StartAsync();
        using (var response = await host.SearchAsync(Form.WithImage()))
            await response.ReadAsync();
        using var metrics = await host.GetAsync("/metrics");
        var text = await metrics.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("search_gateway_stage_duration_seconds_count", text, StringComparison.Ordinal);
        Assert.Contains("stage=\"neighbours\"", text, StringComparison.Ordinal);
    }
}
