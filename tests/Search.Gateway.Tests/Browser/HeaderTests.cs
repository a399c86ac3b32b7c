using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Search.Gateway.Tests.Hosting;

namespace Search.Gateway.Tests.Browser;

public sealed class HeaderTests
{
    [Theory]
    [InlineData("/v1/status", HttpStatusCode.OK)]
    [InlineData("/v1/items/nobody/similar", HttpStatusCode.NotFound)]
    [InlineData("/nowhere", HttpStatusCode.NotFound)]
    [InlineData("/throws", HttpStatusCode.InternalServerError)]
    public async Task EveryAnswer_CarriesTheSecurityHeaders(string path, HttpStatusCode expected)
    {
        await using var host = await GatewayHost.StartAsync(app => app.MapGet("/throws", IResult () => throw new FormatException()), "Logging:LogLevel:Default=None");
        using var response = await host.GetAsync(path);
        Assert.Equal(expected, response.StatusCode);

        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        foreach (var rule in new[] { "default-src 'self'", "img-src 'self' blob: data:", "object-src 'none'", "frame-ancestors 'none'", "base-uri 'none'" })
            Assert.Contains(rule, policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
        Assert.Contains("camera=(self)", Assert.Single(response.Headers.GetValues("Permissions-Policy")), StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Strict-Transport-Security"));
        Assert.False(response.Headers.Contains("Server"));
    }

    [Fact]
    public async Task StricterPolicyOfAnEndpoint_Stays()
    {
        await using var host = await GatewayHost.StartAsync(app => app.MapGet("/v1/strict", (HttpResponse response) =>
        {
            response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
            return "x";
        }));
        using var response = await host.GetAsync("/v1/strict");
        Assert.Equal("default-src 'none'; sandbox", Assert.Single(response.Headers.GetValues("Content-Security-Policy")));
    }

    [Theory]
    [InlineData("DELETE", "/v1/status", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/v1/search", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/v1/nowhere", HttpStatusCode.NotFound)]
    public async Task ErrorsOfTheFramework_AreProblemDetails(string method, string path, HttpStatusCode expected)
    {
        await using var host = await GatewayHost.StartAsync();
        using var response = await host.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        await response.ProblemAsync(expected);
    }
}
