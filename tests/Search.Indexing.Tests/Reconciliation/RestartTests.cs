using Search.Contracts.Catalogue;
using Search.Contracts.Messages;
using Search.Indexing.Tests.Playing;
using Search.Testing;

namespace Search.Indexing.Tests.Reconciliation;

public sealed class RestartTests
{
    [Fact]
    public async Task Restart_PicturesOnTheirWay_AreSentAgainAndOthersAreNot()
    {
        using var folder = new TemporaryFolder();
        var neighbours = new Neighbours();
        await using (var host = await IndexingHost.StartAsync(folder, neighbours))
        {
            await host.PutAcceptedAsync("indexed", Requests.Metadata(), Pictures.Jpeg(1));
            await host.IndexedAsync(1);
            neighbours.Works = false;
            await host.PutAcceptedAsync("accepted", Requests.Metadata(), Pictures.Jpeg(2));
            await host.PutAcceptedAsync("embedded", Requests.Metadata(), Pictures.Jpeg(3));
            await Wait.UntilAsync(() => neighbours.Count<ImageAccepted>() == 3);
            await neighbours.SendAsync(Neighbours.Embedded(neighbours.Of<ImageAccepted>().Single(e => e.ItemId == "embedded")));
            await Wait.UntilAsync(async () => await host.StateAsync("embedded") == "embedded");
        }
        neighbours.Events.Clear();
        neighbours.Works = true;

        await using var again = await IndexingHost.StartAsync(folder, neighbours);
        await again.IndexedAsync(3);
        Assert.Equal(["accepted", "embedded"], neighbours.Of<ImageAccepted>().Select(e => e.ItemId).Order());
    }

    [Fact]
    public async Task Restart_UnderAnotherModel_SendsEveryIndexedPictureAgain()
    {
        using var folder = new TemporaryFolder();
        var neighbours = new Neighbours();
        await using (var host = await IndexingHost.StartAsync(folder, neighbours))
            await host.PutRingsAsync(5);
        neighbours.Events.Clear();
        neighbours.Active = Neighbours.OtherModel;

        await using var again = await IndexingHost.StartAsync(folder, neighbours);
        await Wait.UntilAsync(() => neighbours.Count<ImageAccepted>() == 5);
        await again.IndexedAsync(5);
        Assert.Equal(5, again.Catalogue.Read(session => session.ImageModels.Count(neighbours.Active.Value, ImageState.Indexed)));
    }

    [Fact]
    public async Task Restart_UnderTheSameModel_SendsNothing()
    {
        using var folder = new TemporaryFolder();
        var neighbours = new Neighbours();
        await using (var host = await IndexingHost.StartAsync(folder, neighbours))
        {
            await host.PutAcceptedAsync("a", Requests.Metadata(), Pictures.Jpeg(1));
            await host.IndexedAsync(1);
        }
        neighbours.Events.Clear();

        await using var again = await IndexingHost.StartAsync(folder, neighbours);
        await again.PutAcceptedAsync("b", Requests.Metadata(), Pictures.Jpeg(2));
        await again.IndexedAsync(2);
        Assert.Equal("b", Assert.Single(neighbours.Of<ImageAccepted>()).ItemId);
    }

    [Fact]
    public async Task Overdue_PicturesHeardOfRecently_AreLeftAlone()
    {
        await using var host = await IndexingHost.StartAsync(neighbours: new Neighbours { Works = false });
        await host.PutAcceptedAsync("a", Requests.Metadata(), Pictures.Jpeg(1));
        await Wait.UntilAsync(() => host.Catalogue.Read(session => session.Images.CountUnanswered(0)) == 1);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        Assert.Empty(host.Catalogue.Read(session => session.Images.Overdue(now - 60_000, 10)));
        Assert.Equal([("a", 0)], host.Catalogue.Read(session => session.Images.Overdue(now + 60_000, 10)));
    }

    [Fact]
    public async Task Query_Status_CountsItemsByTheirSlowestPicture()
    {
        var neighbours = new Neighbours { Works = false };
        await using var host = await IndexingHost.StartAsync(neighbours: neighbours);
        await host.PutAcceptedAsync("a", Requests.Metadata(), Pictures.Jpeg(1), Pictures.Jpeg(2));
        await Wait.UntilAsync(() => neighbours.Count<ImageAccepted>() == 2);
        var first = neighbours.Of<ImageAccepted>().Single(e => e.ImageNumber == 0);
        await neighbours.SendAsync(Neighbours.Indexed(first));
        await Wait.UntilAsync(() => host.Catalogue.Read(session => session.Images.Find("a", 0)!.State == ImageState.Indexed));
        Assert.Equal(new CatalogueStatus { Total = 1, Accepted = 1, Embedded = 0, Indexed = 0, Failed = 0 }, await host.StatusAsync());
    }
}
