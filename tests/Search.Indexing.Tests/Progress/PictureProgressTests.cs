using Search.Contracts;
using Search.Contracts.Catalogue;
using Search.Contracts.Messages;
using Search.Indexing.Catalogue;
using Search.Indexing.Tests.Playing;
using Search.Testing;

namespace Search.Indexing.Tests.Progress;

/// <summary>Events by hand, while the neighbours say nothing.</summary>
public sealed class PictureProgressTests
{
    [Fact]
    public async Task Indexed_BeforeEmbedded_EndsIndexedWithItsPerceptualHash()
    {
        await using var host = await QuietHostAsync();
        var accepted = await PutAsync(host, "a", Pictures.Jpeg(1));
        await SendAsync(host, Neighbours.Indexed(accepted), image => image.State == ImageState.Indexed);
        await SendAsync(host, Neighbours.Embedded(accepted), image => image.PerceptualHash is not null);

        var image = host.Catalogue.Read(session => session.Images.Find("a", 0))!;
        Assert.Equal(ImageState.Indexed, image.State);
        await Wait.UntilAsync(() => host.Neighbours.Known.GetValueOrDefault("a")?.Images[0] is { State: ImageState.Indexed, PerceptualHash: not null });
    }

    [Fact]
    public async Task Events_DeliveredAgain_ChangeNothing()
    {
        await using var host = await QuietHostAsync();
        var accepted = await PutAsync(host, "a", Pictures.Jpeg(1));
        await SendAsync(host, Neighbours.Embedded(accepted), image => image.State == ImageState.Embedded);
        await SendAsync(host, Neighbours.Indexed(accepted), image => image.State == ImageState.Indexed);
        await Wait.UntilAsync(() => host.Neighbours.Count<ItemChanged>() == 1);
        var before = await host.AskAsync<GetItem, ItemDocument>(new GetItem { ItemId = "a" });

        for (var i = 0; i < 3; i++)
        {
            await SendAsync(host, Neighbours.Embedded(accepted));
            await SendAsync(host, Neighbours.Indexed(accepted));
            await SendAsync(host, Neighbours.Failed(accepted));
        }
        await FlushAsync(host);

        Assert.Equal(before.Revision, (await host.AskAsync<GetItem, ItemDocument>(new GetItem { ItemId = "a" })).Revision);
        Assert.Equal("indexed", await host.StateAsync("a"));
        Assert.Single(host.Neighbours.Of<ItemChanged>(), e => e.Item.Id == "a");
        Assert.Equal(0, host.Neighbours.Count<ImagesRemoved>());
    }

    [Fact]
    public async Task Embedded_AfterFailed_Succeeds()
    {
        await using var host = await QuietHostAsync();
        var accepted = await PutAsync(host, "a", Pictures.Jpeg(1));
        await SendAsync(host, Neighbours.Failed(accepted), image => image.State == ImageState.Failed);
        await SendAsync(host, Neighbours.Embedded(accepted), image => image.State == ImageState.Embedded);
        await SendAsync(host, Neighbours.Indexed(accepted), image => image.State == ImageState.Indexed);
        Assert.Null(host.Catalogue.Read(session => session.Images.Find("a", 0))!.Failure);
    }

    [Fact]
    public async Task Indexed_ForADeletedItem_IsTakenOutAgain()
    {
        await using var host = await QuietHostAsync();
        var accepted = await PutAsync(host, "a", Pictures.Jpeg(1));
        await host.DeleteAsync("a");
        await SendAsync(host, Neighbours.Embedded(accepted));
        await Wait.UntilAsync(() => host.Neighbours.Count<ImageEmbedded>() == 1);
        await SendAsync(host, Neighbours.Indexed(accepted));
        await Wait.UntilAsync(() => host.Neighbours.Count<ImagesRemoved>() == 3 && host.Neighbours.Collection.IsEmpty);
    }

    [Fact]
    public async Task Embedded_OfReplacedBytes_IsTakenOutWithoutTouchingTheSuccessor()
    {
        await using var host = await QuietHostAsync();
        var old = await PutAsync(host, "a", Pictures.Jpeg(1));
        var current = await PutAsync(host, "a", Pictures.Jpeg(2));
        await SendAsync(host, Neighbours.Embedded(current), image => image.State == ImageState.Embedded);
        await SendAsync(host, Neighbours.Indexed(current), image => image.State == ImageState.Indexed);
        await SendAsync(host, Neighbours.Embedded(old));
        await SendAsync(host, Neighbours.Indexed(old));
        await SendAsync(host, Neighbours.Failed(old));
        await Wait.UntilAsync(() => host.Neighbours.Count<ImagesRemoved>() == 2);

        Assert.All(host.Neighbours.Of<ImagesRemoved>(), removed => Assert.Equal(old.Revision, removed.Revision));
        Assert.Equal(current.Revision, host.Neighbours.Collection["a/0"]);
        Assert.Equal("indexed", await host.StateAsync("a"));
    }

    [Fact]
    public async Task Failed_SuccessorOfAnIndexedPicture_TakesTheOldVectorOut()
    {
        await using var host = await QuietHostAsync();
        var old = await PutAsync(host, "a", Pictures.Jpeg(1));
        await SendAsync(host, Neighbours.Embedded(old), image => image.State == ImageState.Embedded);
        await SendAsync(host, Neighbours.Indexed(old), image => image.State == ImageState.Indexed);
        var successor = await PutAsync(host, "a", Pictures.Jpeg(2));
        Assert.Equal(["a/0"], host.Neighbours.Collection.Keys);

        await SendAsync(host, Neighbours.Failed(successor), image => image.State == ImageState.Failed);

        await Wait.UntilAsync(() => host.Neighbours.Collection.IsEmpty);
        await Wait.UntilAsync(() => host.Neighbours.Known["a"].Images[0].State == ImageState.Failed);
    }

    [Fact]
    public async Task Announcement_ItemOfManyPictures_ComesAFewTimesNotOncePerPicture()
    {
        await using var host = await IndexingHost.StartAsync();
        await host.PutAcceptedAsync("a", Requests.Metadata(), [.. Enumerable.Range(0, 16).Select(i => Pictures.Jpeg(i))]);
        await host.IndexedAsync(1);
        Assert.Equal(16, host.Neighbours.Known["a"].Images.Count);
        Assert.InRange(host.Neighbours.Count<ItemChanged>(), 1, 5);
    }

    private static Task<IndexingHost> QuietHostAsync() => IndexingHost.StartAsync(neighbours: new Neighbours { Works = false });

    /// <returns>The event that the last put caused.</returns>
    private static async Task<ImageAccepted> PutAsync(IndexingHost host, string id, byte[] picture)
    {
        await host.PutAcceptedAsync(id, Requests.Metadata(), picture);
        var hash = ContentHash.Of(picture);
        await Wait.UntilAsync(() => host.Neighbours.Of<ImageAccepted>().Any(e => e.ContentHash == hash));
        return host.Neighbours.Of<ImageAccepted>().Single(e => e.ContentHash == hash);
    }

    private static async Task SendAsync<TEvent>(IndexingHost host, TEvent message, Func<ItemImage, bool>? until = null) where TEvent : class
    {
        await host.Neighbours.SendAsync(message);
        if (until is not null)
            await Wait.UntilAsync(() => host.Catalogue.Read(session => session.Images.Find("a", 0)) is { } image && until(image));
    }

    /// <summary>Returns when the events sent so far have been handled: queues are handled in order, and a marker item is behind them.</summary>
    private static async Task FlushAsync(IndexingHost host)
    {
        var marker = await PutAsync(host, "marker", Pictures.Jpeg(999));
        await host.Neighbours.SendAsync(Neighbours.Embedded(marker));
        await host.Neighbours.SendAsync(Neighbours.Indexed(marker));
        await Wait.UntilAsync(async () => await host.StateAsync("marker") == "indexed");
    }
}
