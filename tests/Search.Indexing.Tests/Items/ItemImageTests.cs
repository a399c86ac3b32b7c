using System.Net;
using Search.Imaging;
using Search.Indexing.Tests.Playing;
using Search.Testing.Images;

namespace Search.Indexing.Tests.Items;

public sealed class ItemImageTests
{
    [Fact]
    public async Task Get_Original_IsByteForByteWithItsTypeAndSafeHeaders()
    {
        await using var host = await IndexingHost.StartAsync();
        foreach (var (name, bytes, contentType) in HostileImages.Ordinary)
        {
            await host.PutAcceptedAsync(name, Requests.Metadata(), bytes);
            using var response = await host.GetAsync($"/v1/items/{name}/image");
            Assert.Equal(bytes, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
            Assert.Equal(contentType, response.Content.Headers.ContentType!.MediaType);
            Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
            Assert.NotNull(response.Headers.ETag);
            Assert.True(response.Headers.CacheControl!.Public);
        }
    }

    [Fact]
    public async Task Get_PrivatePicture_IsNotCached()
    {
        await using var host = await IndexingHost.StartAsync();
        await host.PutAcceptedAsync("ring-1", Requests.Metadata(visibility: "private"), Pictures.Jpeg(1));
        using var response = await host.GetAsync("/v1/items/ring-1/image");
        Assert.True(response.Headers.CacheControl is { NoStore: true, Private: true });
    }

    [Fact]
    public async Task Get_Thumbnail_IsAJpegNoLargerThanAsked()
    {
        await using var host = await IndexingHost.StartAsync();
        await host.PutAcceptedAsync("ring-1", Requests.Metadata(), Pictures.Jpeg(1, 300, 200));
        for (var round = 0; round < 2; round++)
        {
            using var response = await host.GetAsync("/v1/items/ring-1/image?size=64");
            var info = ImageDecoder.Probe(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
            Assert.Equal((ImageFormat.Jpeg, 64, 43), (info.Format, info.Width, info.Height));
        }
    }

    [Theory]
    [InlineData("size=15")]
    [InlineData("size=1025")]
    [InlineData("size=big")]
    [InlineData("n=first")]
    public async Task Get_BadParameter_Is400(string query)
    {
        await using var host = await IndexingHost.StartAsync();
        await host.PutAcceptedAsync("ring-1", Requests.Metadata(), Pictures.Jpeg(1));
        using var response = await host.GetAsync($"/v1/items/ring-1/image?{query}");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("n=1")]
    [InlineData("n=-1")]
    public async Task Get_PictureThatTheItemHasNot_Is404(string query)
    {
        await using var host = await IndexingHost.StartAsync();
        await host.PutAcceptedAsync("ring-1", Requests.Metadata(), Pictures.Jpeg(1));
        using var response = await host.GetAsync($"/v1/items/ring-1/image?{query}");
        await response.ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Get_WithKnownTag_Is304UntilThePictureChanges()
    {
        await using var host = await IndexingHost.StartAsync();
        await host.PutAcceptedAsync("ring-1", Requests.Metadata(), Pictures.Jpeg(1));
        using var first = await host.GetAsync("/v1/items/ring-1/image?size=32");
        var tag = first.Headers.ETag!.ToString();
        using var again = await host.GetAsync("/v1/items/ring-1/image?size=32", ("If-None-Match", tag));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        using var otherSize = await host.GetAsync("/v1/items/ring-1/image?size=33", ("If-None-Match", tag));
        Assert.Equal(HttpStatusCode.OK, otherSize.StatusCode);

        await host.PutAcceptedAsync("ring-1", Requests.Metadata(), Pictures.Jpeg(2));
        using var changed = await host.GetAsync("/v1/items/ring-1/image?size=32", ("If-None-Match", tag));
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
    }

    [Fact]
    public async Task Get_PictureWhoseBytesAreGone_Is404AndNotCached()
    {
        await using var host = await IndexingHost.StartAsync();
        await host.PutAcceptedAsync("ring-1", Requests.Metadata(), Pictures.Jpeg(1));
        Directory.Delete(host.BlobFolder, recursive: true);
        foreach (var path in new[] { "/v1/items/ring-1/image", "/v1/items/ring-1/image?size=32" })
        {
            using var response = await host.GetAsync(path);
            await response.ProblemAsync(HttpStatusCode.NotFound);
            Assert.Null(response.Headers.CacheControl);
        }
    }
}
