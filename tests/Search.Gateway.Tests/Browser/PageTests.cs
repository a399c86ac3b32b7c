using System.Net;
using System.Net.Http.Headers;
using Search.Gateway.Tests.Hosting;

namespace Search.Gateway.Tests.Browser;

public sealed class PageTests
{
    private static readonly TestKey Shopper = new(0, "shopper", "search");

    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/index.html", "text/html")]
    [InlineData("/js/app.js", "text/javascript")]
    [InlineData("/css/base.css", "text/css")]
    public async Task Page_IsServedWithoutAKey_AndAskedForAgainEachTime(string path, string type)
    {
        await using var host = await GatewayHost.StartAsync(Shopper.Settings);
        using var response = await host.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType?.MediaType);
        Assert.True(response.Headers.CacheControl?.NoCache);

        using var again = new HttpRequestMessage(HttpMethod.Get, path);
        again.Headers.IfNoneMatch.Add(new EntityTagHeaderValue(response.Headers.ETag!.Tag));
        using var unchanged = await host.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Theory]
    [InlineData("/../Search.Gateway.dll")]
    [InlineData("/%2e%2e/Search.Gateway.dll")]
    [InlineData("/..%2fSearch.Gateway.dll")]
    [InlineData("/js/..%5c..%5cSearch.Gateway.dll")]
    [InlineData("/appsettings.json")]
    [InlineData("/js/")]
    public async Task Page_ServesNothingButItsOwnFiles(string path)
    {
        await using var host = await GatewayHost.StartAsync();
        using var response = await host.GetAsync(path);
        await response.ProblemAsync(HttpStatusCode.NotFound);
    }
}
