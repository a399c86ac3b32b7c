using System.Net;
using Search.Gateway.Tests.Hosting;

namespace Search.Gateway.Tests.Browser;

public sealed class CrossOriginTests
{
    private static readonly TestKey Shopper = new(0, "shopper", "search");

    [Fact]
    public async Task Preflight_OfAnAllowedOrigin_IsAnsweredWithoutAKey()
    {
        await using var host = await GatewayHost.StartAsync([.. Shopper.Settings, "Gateway:AllowedOrigins:0=https://shop.example"]);
        using var response = await host.SendAsync(Preflight("https://shop.example"));
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal("https://shop.example", Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Contains("X-Api-Key", Assert.Single(response.Headers.GetValues("Access-Control-Allow-Headers")), StringComparison.OrdinalIgnoreCase);

        using var request = Shopper.Request("GET", "/v1/status");
        request.Headers.Add("Origin", "https://shop.example");
        using var answer = await host.SendAsync(request);
        Assert.Equal("https://shop.example", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
    }

    [Theory]
    [InlineData("Gateway:AllowedOrigins:0=https://shop.example", "https://evil.example")]
    [InlineData("Gateway:MaxCandidates=100", "https://shop.example")]
    public async Task Preflight_OfAnotherOrigin_GetsNoPermission(string setting, string origin)
    {
        await using var host = await GatewayHost.StartAsync([.. Shopper.Settings, setting]);
        using var response = await host.SendAsync(Preflight(origin));
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    private static HttpRequestMessage Preflight(string origin)
    {
        var request = new HttpRequestMessage(HttpMethod.Options, "/v1/search");
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "x-api-key");
        return request;
    }
}
