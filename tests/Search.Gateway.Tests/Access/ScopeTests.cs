using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Search.Contracts.Catalogue;
using Search.Gateway.Tests.Hosting;

namespace Search.Gateway.Tests.Access;

public sealed class ScopeTests : IAsyncLifetime
{
    private static readonly TestKey Shopper = new(0, "shopper", "search");
    private static readonly TestKey Importer = new(1, "importer", "write");
    private static readonly TestKey Operator = new(2, "operator", "admin");

    private GatewayHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await GatewayHost.StartAsync(
        MapNeighbours, [.. Shopper.Settings, .. Importer.Settings, .. Operator.Settings]);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    /// <summary>Endpoints of other services in the same process, each telling what scopes it was told.</summary>
    private static void MapNeighbours(WebApplication app)
    {
        string[] anywhere = ["GET", "HEAD", "PUT", "POST", "DELETE"];
        foreach (var path in new[] { "/v1/items/{**rest}", "/v1/items:import", "/v1/uploads", "/v1/categories", "/v1/distinct-items/{**rest}", "/v1/groups/{**rest}", "/v1/training-jobs/{**rest}", "/services/{**rest}", "/unlisted" })
            app.MapMethods(path, anywhere, (HttpRequest request) => request.Headers["X-Search-Scopes"].ToString());
    }

    [Theory]
    [InlineData("GET", "/v1/status", "search")]
    [InlineData("GET", "/v1/categories", "search")]
    [InlineData("GET", "/v1/items/a", "search")]
    [InlineData("HEAD", "/v1/items/a", "search")]
    [InlineData("GET", "/v1/items/a/image", "search")]
    [InlineData("GET", "/V1/Items/a", "search")]
    [InlineData("GET", "/v1/items/item-0001/similar", "search")]
    [InlineData("PUT", "/v1/items/a", "write")]
    [InlineData("PUT", "/V1/ITEMS/a", "write")]
    [InlineData("DELETE", "/v1/items/a", "write")]
    [InlineData("POST", "/v1/items:import", "write")]
    [InlineData("POST", "/v1/uploads", "write")]
    [InlineData("GET", "/v1/distinct-items", "write")]
    [InlineData("PUT", "/v1/distinct-items/a/b", "write")]
    [InlineData("GET", "/v1/groups/duplicates", "write")]
    [InlineData("GET", "/v1/models", "admin")]
    [InlineData("POST", "/v1/models/rollback", "admin")]
    [InlineData("GET", "/v1/training-jobs", "admin")]
    [InlineData("POST", "/v1/training-jobs", "admin")]
    [InlineData("GET", "/v1/training-jobs/1/curves", "admin")]
    [InlineData("POST", "/v1/training-jobs/1/cancel", "admin")]
    [InlineData("GET", "/services/ann/health/ready", "admin")]
    [InlineData("POST", "/services/indexing/v1/items:import", "admin")]
    [InlineData("GET", "/unlisted", "admin")]
    public async Task Request_NeedsExactlyItsScope(string method, string path, string scope)
    {
        foreach (var key in new[] { Shopper, Importer, Operator })
        {
            using var response = await _host.SendAsync(key.Request(method, path));
            if (key.Scopes.Contains(scope))
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            else if (method != "HEAD")
                Assert.Contains($"'{scope}'", (await response.ProblemAsync(HttpStatusCode.Forbidden)).Detail(), StringComparison.Ordinal);
            else
                Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        }
        using var without = await _host.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
    }

    [Theory]
    [InlineData(ItemVisibility.Private)]
    [InlineData(ItemVisibility.Unpublished)]
    public async Task Similar_OfAHiddenItem_AnswersLikeAnUnknownOneToWhoeverMayNotSeeIt(ItemVisibility visibility)
    {
        TestKey editor = new(3, "editor", "search", "write");
        await using var host = await GatewayHost.StartAsync([.. Shopper.Settings, .. editor.Settings]);
        host.Services.Collection = new StandInCollection(
            [StandInCollection.Item(0, "rings") with { Visibility = visibility }, StandInCollection.Item(1, "rings")]);

        using var hidden = await host.SendAsync(Shopper.Request("GET", "/v1/items/item-0000/similar"));
        using var unknown = await host.SendAsync(Shopper.Request("GET", "/v1/items/item-9999/similar"));
        Assert.Equal(
            (await unknown.ProblemAsync(HttpStatusCode.NotFound)).Detail().Replace("item-9999", "item-0000", StringComparison.Ordinal),
            (await hidden.ProblemAsync(HttpStatusCode.NotFound)).Detail());
        using var posted = Shopper.Request("POST", "/v1/search");
        posted.Content = Form.Of(("itemId", "item-0000"));
        using var answer = await host.SendAsync(posted);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);

        using var seen = await host.SendAsync(editor.Request("GET", "/v1/items/item-0000/similar"));
        Assert.Equal(HttpStatusCode.OK, seen.StatusCode);
        using var neighbour = await host.SendAsync(Shopper.Request("GET", "/v1/items/item-0001/similar"));
        Assert.Equal(HttpStatusCode.OK, neighbour.StatusCode);
    }

    [Fact]
    public async Task Search_NeedsTheSearchScope()
    {
        foreach (var (key, status) in new[] { (Shopper, HttpStatusCode.OK), (Importer, HttpStatusCode.Forbidden) })
        {
            using var request = key.Request("POST", "/v1/search");
            request.Content = Form.WithImage();
            using var response = await _host.SendAsync(request);
            Assert.Equal(status, response.StatusCode);
        }
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/metrics")]
    public async Task Request_ThatNeedsNoScope_NeedsNoKey(string path)
    {
        using var response = await _host.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.9")]
    [InlineData("Forwarded", "for=203.0.113.9")]
    public async Task Metrics_ThroughAProxyOnThisMachine_NeedTheAdminScope(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.TryAddWithoutValidation(header, value);
        using var response = await _host.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Request_WithoutAKey_IsToldHowToSendOne()
    {
        using var response = await _host.GetAsync("/v1/status");
        await response.ProblemAsync(HttpStatusCode.Unauthorized);
        Assert.Equal("Bearer", Assert.Single(response.Headers.WwwAuthenticate).Scheme);
    }

    [Theory]
    [InlineData("X-Api-Key", "wrong", HttpStatusCode.Unauthorized)]
    [InlineData("X-Api-Key", "", HttpStatusCode.Unauthorized)]
    [InlineData("Authorization", "Bearer wrong", HttpStatusCode.Unauthorized)]
    [InlineData("Authorization", "Basic c2VjcmV0", HttpStatusCode.Unauthorized)]
    [InlineData("X-Api-Key", "secret of shopper", HttpStatusCode.OK)]
    [InlineData("Authorization", "Bearer secret of shopper", HttpStatusCode.OK)]
    [InlineData("Authorization", "bearer secret of shopper", HttpStatusCode.OK)]
    public async Task Key_IsReadFromEitherHeader(string header, string value, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/status");
        request.Headers.TryAddWithoutValidation(header, value);
        using var response = await _host.SendAsync(request);
        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task ScopesHeader_SaysWhatTheKeyMayDo_WhateverTheCallerClaims()
    {
        using var request = Shopper.Request("GET", "/v1/items/a");
        request.Headers.Add("X-Search-Scopes", "search write admin");
        using var response = await _host.SendAsync(request);
        Assert.Equal("search", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Nowhere_IsNotFound_AlsoWithoutAKey()
    {
        using var response = await _host.GetAsync("/nowhere");
        await response.ProblemAsync(HttpStatusCode.NotFound);
    }
}
