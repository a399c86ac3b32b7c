using System.Net;
using Search.Contracts;
using Search.Contracts.Messages;
using Search.Indexing.Content;
using Search.Indexing.Tests.Playing;
using Search.Testing;

namespace Search.Indexing.Tests.Items;

public sealed class DeleteItemTests
{
    [Fact]
    public async Task Delete_Item_IsGoneEverywhere()
    {
        await using var host = await IndexingHost.StartAsync();
        await host.PutAcceptedAsync("ring-1", Requests.Metadata(), Pictures.Jpeg(1), Pictures.Jpeg(2));
        await host.IndexedAsync(1);
        await Wait.UntilAsync(() => host.Neighbours.Known.ContainsKey("ring-1"));

        await host.DeleteAsync("ring-1");

        using var response = await host.GetAsync("/v1/items/ring-1");
        await response.ProblemAsync(HttpStatusCode.NotFound);
        await Wait.UntilAsync(() => host.Neighbours.Count<ContentReleased>() == 2);
        await Wait.UntilAsync(() => host.Neighbours.Collection.IsEmpty && host.Neighbours.Known.IsEmpty);
        Assert.Equal(0, host.BlobCount());
        Assert.Equal([0, 1], host.Neighbours.Of<ImagesRemoved>().Single().ImageNumbers);
        Assert.Equal(0, (await host.StatusAsync()).Total);
    }

    [Fact]
    public async Task Delete_UnknownItem_Is404()
    {
        await using var host = await IndexingHost.StartAsync();
        await host.DeleteAsync("ring-1", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Delete_OneOfTwoWithTheSamePicture_KeepsTheContentUntilTheLast()
    {
        await using var host = await IndexingHost.StartAsync();
        var shared = Pictures.Jpeg(1);
        await host.PutAcceptedAsync("a", Requests.Metadata(), shared);
        await host.PutAcceptedAsync("b", Requests.Metadata(), shared, shared);
        await host.IndexedAsync(2);

        await host.DeleteAsync("a");
        await host.Get<ContentCleaner>().CleanAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, host.BlobCount());
        await host.PutAcceptedAsync("b", Requests.Metadata(), shared);
        await host.Get<ContentCleaner>().CleanAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, host.BlobCount());

        await host.DeleteAsync("b");
        await Wait.UntilAsync(() => host.Neighbours.Count<ContentReleased>() > 0);
        Assert.Equal(0, host.BlobCount());
        Assert.Equal(ContentHash.Of(shared), Assert.Single(host.Neighbours.Of<ContentReleased>()).ContentHash);
    }

    [Fact]
    public async Task Replace_Picture_ReleasesTheOldContent()
    {
        await using var host = await IndexingHost.StartAsync();
        await host.PutAcceptedAsync("a", Requests.Metadata(), Pictures.Jpeg(1));
        await host.PutAcceptedAsync("a", Requests.Metadata(), Pictures.Jpeg(2));
        await Wait.UntilAsync(() => host.Neighbours.Count<ContentReleased>() == 1);
        Assert.Equal(1, host.BlobCount());
    }

    [Fact]
    public async Task Delete_ThenPutAgain_IsANewItem()
    {
        await using var host = await IndexingHost.StartAsync();
        await host.PutAcceptedAsync("ring-1", Requests.Metadata(), Pictures.Jpeg(1));
        await host.IndexedAsync(1);
        await host.DeleteAsync("ring-1");
        await host.PutAcceptedAsync("ring-1", Requests.Metadata(title: "Again"), Pictures.Jpeg(1));
        await host.IndexedAsync(1);

        await Wait.UntilAsync(() => host.Neighbours.Known.GetValueOrDefault("ring-1")?.Title == "Again");
        await Wait.UntilAsync(() => host.Neighbours.Collection.Count == 1);
        Assert.Equal(1, host.BlobCount());
    }

    [Fact]
    public async Task Clean_ContentInUseByARequest_IsLeftAlone()
    {
        await using var host = await IndexingHost.StartAsync();
        var store = host.Get<PictureStore>();
        var cleaner = host.Get<ContentCleaner>();
        using (var hold = store.Open())
        {
            await store.KeepAsync(Pictures.Jpeg(1), hold, TestContext.Current.CancellationToken);
            await cleaner.CleanAsync(TestContext.Current.CancellationToken);
            Assert.Equal(1, host.BlobCount());
        }
        // The request ended without referring to it.
        await cleaner.CleanAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, host.BlobCount());
    }
}
