using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using Search.Gateway.Tests.Hosting;

namespace Search.Gateway.Tests.Proxy;

public sealed class ProxyTests : IAsyncLifetime
{
    private static readonly TestKey Everything = new(0, "everything", "search", "write", "admin");

    private Upstream _indexing = null!;
    private Upstream _ann = null!;
    private Upstream _trainer = null!;
    private GatewayHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _indexing = await Upstream.StartAsync("indexing");
        _ann = await Upstream.StartAsync("ann");
        _trainer = await Upstream.StartAsync("trainer");
        _host = await GatewayHost.StartAsync(app => app.MapGatewayProxy(), [
            .. Everything.Settings,
            $"Gateway:Services:indexing={_indexing.Address}",
            $"Gateway:Services:ann={_ann.Address}",
            $"Gateway:Services:trainer={_trainer.Address}",
            // Nothing listens on the discard port.
            "Gateway:Services:rerank=http://127.0.0.1:9",
            "Gateway:MaxItemBodyBytes=100000",
        ]);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _indexing.DisposeAsync();
        await _ann.DisposeAsync();
        await _trainer.DisposeAsync();
    }

    [Theory]
    [InlineData("GET", "/v1/items/a?x=1", "indexing", "/v1/items/a", "?x=1")]
    [InlineData("GET", "/v1/items", "indexing", "/v1/items", "")]
    [InlineData("PUT", "/v1/items/a", "indexing", "/v1/items/a", "")]
    [InlineData("DELETE", "/v1/items/a", "indexing", "/v1/items/a", "")]
    [InlineData("GET", "/v1/items/a/image?n=2&size=320", "indexing", "/v1/items/a/image", "?n=2&size=320")]
    [InlineData("POST", "/v1/uploads", "indexing", "/v1/uploads", "")]
    [InlineData("GET", "/v1/categories", "indexing", "/v1/categories", "")]
    [InlineData("GET", "/v1/distinct-items?item=a", "indexing", "/v1/distinct-items", "?item=a")]
    [InlineData("PUT", "/v1/distinct-items/a/b", "indexing", "/v1/distinct-items/a/b", "")]
    [InlineData("GET", "/v1/groups/duplicates?threshold=0.9", "ann", "/v1/groups/duplicates", "?threshold=0.9")]
    [InlineData("POST", "/v1/training-jobs", "trainer", "/v1/training-jobs", "")]
    [InlineData("GET", "/v1/training-jobs/7/curves", "trainer", "/v1/training-jobs/7/curves", "")]
    [InlineData("GET", "/services/indexing/v1/items/a", "indexing", "/v1/items/a", "")]
    [InlineData("GET", "/services/ann/v1/collections", "ann", "/v1/collections", "")]
    [InlineData("GET", "/services/ann/metrics?all", "ann", "/metrics", "?all")]
    public async Task Request_ReachesTheServiceThatItBelongsTo(string method, string path, string service, string atService, string query)
    {
        using var response = await _host.SendAsync(Everything.Request(method, path));
        var seen = await response.ReadAsync();
        Assert.Equal(service, seen.GetProperty("service").GetString());
        Assert.Equal(atService, seen.GetProperty("path").GetString());
        Assert.Equal(query, seen.GetProperty("query").GetString());
        Assert.Equal("search write admin", seen.GetProperty("scopes").GetString());
        Assert.False(seen.GetProperty("secrets").GetBoolean());
    }

    [Fact]
    public async Task Similar_IsAnsweredHere_NotByTheIndexingService()
    {
        using var response = await _host.SendAsync(Everything.Request("GET", "/v1/items/item-0001/similar?k=1"));
        Assert.Single((await response.ReadAsync()).ItemIds());
    }

    [Theory]
    [InlineData("/services/rerank/v1/rules")]
    [InlineData("/services/embedding/v1/model")]
    [InlineData("/v1/items/broken")]
    public async Task Service_ThatCannotBeReached_Is503WithRetryAfter(string path)
    {
        using var response = await _host.SendAsync(Everything.Request("GET", path));
        await response.ProblemAsync(HttpStatusCode.ServiceUnavailable);
        Assert.NotNull(response.Headers.RetryAfter);
    }

    [Fact]
    public async Task Trainer_ThatIsNotPartOfTheSuite_Is503WithWhatToDo()
    {
        await using var host = await GatewayHost.StartAsync(app => app.MapGatewayProxy());
        using var response = await host.GetAsync("/v1/training-jobs");
        Assert.Contains("Gateway:Services:trainer", (await response.ProblemAsync(HttpStatusCode.ServiceUnavailable)).Detail(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_WithAReplicaThatIsGone_IsAnsweredByTheOther()
    {
        // The probes find out within seconds; until then a request may meet the one that is gone.
        await using var host = await GatewayHost.StartAsync(app => app.MapGatewayProxy(), $"Gateway:Services:ann=http://127.0.0.1:9;{_ann.Address}");
        var answered = 0;
        var cancellation = TestContext.Current.CancellationToken;
        for (var began = TimeProvider.System.GetTimestamp(); answered < 5 && TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(30); await Task.Delay(10, cancellation))
        {
            using var response = await host.GetAsync("/services/ann/v1/collections");
            answered = response.StatusCode == HttpStatusCode.OK ? answered + 1 : 0;
            if (answered == 0)
                await response.ProblemAsync(HttpStatusCode.ServiceUnavailable);
        }
        Assert.Equal(5, answered);
    }

    [Fact]
    public async Task BareError_OfAService_BecomesAProblem_AndItsOwnProblemStays()
    {
        using var bare = await _host.SendAsync(Everything.Request("GET", "/v1/items/bare"));
        await bare.ProblemAsync(HttpStatusCode.NotFound);
        using var own = await _host.SendAsync(Everything.Request("GET", "/v1/items/refused"));
        Assert.Contains("its own words", await own.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Picture_KeepsTheStricterPolicyOfItsService()
    {
        using var response = await _host.SendAsync(Everything.Request("GET", "/v1/items/picture"));
        Assert.Equal("default-src 'none'; sandbox", Assert.Single(response.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
    }

    [Theory]
    [InlineData(200_000)]
    [InlineData(40 * 1024 * 1024)]
    public async Task Item_LargerThanTheLimit_Is413AndNotALostConnection(int bytes)
    {
        for (var i = 0; i < 20; i++)
        {
            using var request = Everything.Request("PUT", "/v1/items/a");
            request.Content = new ByteArrayContent(new byte[bytes]);
            using var response = await _host.SendAsync(request);
            await response.ProblemAsync(HttpStatusCode.RequestEntityTooLarge);
        }
    }

    [Fact]
    public async Task Import_IsPassedOnWhileItIsStillBeingSent()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var body = new Pipe();
        using var request = Everything.Request("POST", "/v1/items:import");
        request.Content = new StreamContent(body.Reader.AsStream());
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        var answering = _host.SendAsync(request);

        // More than HTTP clients keep back to fill a packet.
        var chunk = new byte[64 * 1024];
        await body.Writer.WriteAsync(chunk, cancellation);
        await _indexing.FirstBytes.WaitAsync(TimeSpan.FromSeconds(30), cancellation);

        // Above the item limit, and above what a server takes by default.
        for (var i = 1; i < 640; i++)
            await body.Writer.WriteAsync(chunk, cancellation);
        await body.Writer.CompleteAsync();
        using var response = await answering;
        Assert.Equal($"{640 * 64 * 1024}", await response.Content.ReadAsStringAsync(cancellation));
    }
}
