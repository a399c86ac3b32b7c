using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Search.Gateway.Tests.Hosting;

namespace Search.Gateway.Tests.Access;

public sealed class OpenAccessTests
{
    [Fact]
    public async Task WithoutKeys_EverythingIsOpenOnThisMachine()
    {
        await using var host = await GatewayHost.StartAsync(
            app => app.MapPut("/v1/items/{id}", (HttpRequest request) => request.Headers["X-Search-Scopes"].ToString()));
        using var request = new HttpRequestMessage(HttpMethod.Put, "/v1/items/a");
        request.Headers.Add("X-Search-Scopes", "none at all");
        using var response = await host.SendAsync(request);
        Assert.Equal("search write admin", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("LOCALHOST:8080", HttpStatusCode.OK)]
    [InlineData("127.0.0.1:8080", HttpStatusCode.OK)]
    [InlineData("[::1]:8080", HttpStatusCode.OK)]
    [InlineData("evil.example", HttpStatusCode.Forbidden)]
    [InlineData("127.0.0.1.evil.example", HttpStatusCode.Forbidden)]
    [InlineData("192.168.1.7", HttpStatusCode.Forbidden)]
    public async Task WithoutKeys_OnlyNamesOfThisMachineAreAnswered(string name, HttpStatusCode expected)
    {
        await using var host = await GatewayHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/status");
        request.Headers.Host = name;
        using var response = await host.SendAsync(request);
        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task WithoutKeys_APageFromElsewhereCannotSend()
    {
        await using var host = await GatewayHost.StartAsync("Gateway:AllowedOrigins:0=https://shop.example");
        foreach (var (origin, expected) in new[]
        {
            ("https://evil.example", HttpStatusCode.Forbidden),
            ("null", HttpStatusCode.Forbidden),
            ("https://shop.example", HttpStatusCode.OK),
            (host.Address.GetLeftPart(UriPartial.Authority), HttpStatusCode.OK),
        })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/search") { Content = Form.WithImage() };
            request.Headers.Add("Origin", origin);
            using var response = await host.SendAsync(request);
            Assert.True(expected == response.StatusCode, $"{origin}: {response.StatusCode}");
        }
    }
}
