using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Search.Hosting.Blobs;
using Search.Testing;

namespace Search.Hosting.Tests.Problems;

public sealed class BlobStoreAwayTests
{
    [Fact]
    public async Task Endpoint_WhoseBlobStoreIsAway_AnswersThatOneShouldComeAgain_WithoutItsAddress()
    {
        using var folder = new TemporaryFolder();
        var address = $"http://127.0.0.1:{FreePort.Next()}";
        await using var app = ServiceHost.Build(ServiceHost.CreateBuilder("test", ["--urls", address, "--Data:Directory", folder.Path, "--Logging:LogLevel:Default", "None"]));
        app.MapGet("/picture", IResult () => throw new BlobStoreException("secret", new HttpRequestException()));
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient();

        using var response = await client.GetAsync(new Uri($"{address}/picture"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.DoesNotContain("secret", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
