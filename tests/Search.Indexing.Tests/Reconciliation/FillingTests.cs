using Search.Contracts;
using Search.Contracts.Catalogue;
using Search.Contracts.Messages;
using Search.Indexing.Tests.Playing;
using Search.Testing;

namespace Search.Indexing.Tests.Reconciliation;

/// <summary>A second model beside the one that answers searches, from its first picture to its promotion.</summary>
public sealed class FillingTests
{
    private static readonly EmbeddingModelId s_first = Neighbours.Model;
    private static readonly EmbeddingModelId s_second = Neighbours.OtherModel;

    [Fact]
    public async Task ANewModelBesideTheActiveOne_GetsEveryPictureThatItLacks_WhileItemsStayIndexed()
    {
        await using var host = await WithItemsAsync(5);
        await host.Neighbours.ServeAsync(s_first, s_second);
        await Wait.UntilAsync(async () => (await host.AskAsync<GetFillingProgress, FillingProgress>(new())).Models is [{ Lacking: 0, Pictures: 5 }]);

        Assert.Equal(5, host.Neighbours.Of<ImageAccepted>().Count(e => e.OnlyModel == s_second));
        Assert.Equal(5, host.Neighbours.Of<ImageEmbedded>().Count(e => e.Model == s_first));
        Assert.Equal(5, (await host.StatusAsync()).Indexed);
        Assert.Equal(5, host.Neighbours.Known.Count);
    }

    [Fact]
    public async Task ANewPictureDuringFilling_IsSentOnceToBothModels()
    {
        await using var host = await WithItemsAsync(0, s_second);
        await FollowedAsync(host, s_first, s_second);
        await host.PutAcceptedAsync("ring", Requests.Metadata(), Pictures.Jpeg(1));
        await host.IndexedAsync(1);
        await Wait.UntilAsync(() => InModel(host, "ring", s_second) == ImageState.Indexed);
        Assert.Equal(ImageState.Indexed, InModel(host, "ring", s_first));
        Assert.Null(Assert.Single(host.Neighbours.Of<ImageAccepted>()).OnlyModel);
    }

    [Fact]
    public async Task Promotion_OfAFilledModel_SendsNothingAndLeavesItemsIndexed_AndSoDoesTheWayBack()
    {
        await using var host = await WithItemsAsync(3);
        await host.Neighbours.ServeAsync(s_first, s_second);
        await Wait.UntilAsync(() => Enumerable.Range(0, 3).All(i => InModel(host, $"ring-{i}", s_second) == ImageState.Indexed));
        host.Neighbours.Events.Clear();

        foreach (var (active, other) in new[] { (s_second, s_first), (s_first, s_second) })
        {
            await host.Neighbours.ServeAsync(active, other);
            await FollowedAsync(host, active, other);
            Assert.Equal(3, (await host.StatusAsync()).Indexed);
        }
        Assert.Equal(0, host.Neighbours.Count<ImageAccepted>());
    }

    [Fact]
    public async Task Promotion_OfAModelThatLacksAPicture_SendsThatOneAtOnce()
    {
        await using var host = await WithItemsAsync(3);
        await host.Neighbours.ServeAsync(s_first, s_second);
        await Wait.UntilAsync(() => Enumerable.Range(0, 3).All(i => InModel(host, $"ring-{i}", s_second) == ImageState.Indexed));
        await host.Catalogue.WriteAsync(session => session.ImageModels.Forget(session.Images.Find("ring-1", 0)!), TestContext.Current.CancellationToken);
        host.Neighbours.Events.Clear();

        await host.Neighbours.ServeAsync(s_second);
        await Wait.UntilAsync(() => InModel(host, "ring-1", s_second) == ImageState.Indexed);
        await host.IndexedAsync(3);
        Assert.Equal(["ring-1"], host.Neighbours.Of<ImageAccepted>().Select(e => e.ItemId).Distinct());
    }

    [Fact]
    public async Task APictureThatFailsUnderTheOtherModelAlone_StaysIndexed_AndIsNotSentAgain()
    {
        await using var host = await WithItemsAsync(2);
        host.Neighbours.BrokenUnder[(ContentHash.Of(Pictures.Jpeg(1)), s_second)] = true;
        await host.Neighbours.ServeAsync(s_first, s_second);
        await Wait.UntilAsync(async () => (await host.AskAsync<GetFillingProgress, FillingProgress>(new())).Models is [{ Lacking: 0, Failed: 1 }]);

        Assert.Equal("indexed", await host.StateAsync("ring-1"));
        Assert.True(host.Neighbours.Collection.ContainsKey("ring-1/0"));
        Assert.Equal(2, host.Neighbours.Of<ImageAccepted>().Count(e => e.OnlyModel == s_second));
    }

    [Fact]
    public async Task AReplacedPicture_IsForgottenUnderEveryModel()
    {
        await using var host = await WithItemsAsync(1, s_second);
        await Wait.UntilAsync(() => InModel(host, "ring-0", s_second) == ImageState.Indexed);
        host.Neighbours.Works = false;
        await host.PutAcceptedAsync("ring-0", Requests.Metadata(), Pictures.Jpeg(9));
        Assert.Null(InModel(host, "ring-0", s_first));
        // Sent anew, perhaps.
        Assert.NotEqual(ImageState.Indexed, InModel(host, "ring-0", s_second));
        await host.DeleteAsync("ring-0");
        Assert.All([s_first, s_second], model => Assert.Equal(0, host.Catalogue.Read(session => session.ImageModels.Count(model.Value, ImageState.Indexed))));
    }

    [Fact]
    public async Task AVectorOfTheOtherModel_ForADeletedItem_IsTakenOutAgain()
    {
        await using var host = await WithItemsAsync(1);
        var accepted = host.Neighbours.Of<ImageAccepted>().Single();
        await FollowedAsync(host, s_first);
        await host.DeleteAsync("ring-0");
        await Wait.UntilAsync(() => host.Neighbours.Collection.IsEmpty);
        await host.Neighbours.SendAsync(Neighbours.Embedded(accepted, s_second));
        await Wait.UntilAsync(() => host.Neighbours.Of<ImageEmbedded>().Any(e => e.Model == s_second) && host.Neighbours.Collection.IsEmpty);
    }

    [Fact]
    public async Task PicturesOnTheirWayToAModel_WhenTheProcessEnds_AreSentAgain()
    {
        using var folder = new TemporaryFolder();
        var neighbours = new Neighbours();
        await using (var host = await IndexingHost.StartAsync(folder, neighbours))
        {
            await host.PutAcceptedAsync("ring", Requests.Metadata(), Pictures.Jpeg(1));
            await host.IndexedAsync(1);
            neighbours.Works = false;
            await neighbours.ServeAsync(s_first, s_second);
            await Wait.UntilAsync(() => InModel(host, "ring", s_second) == ImageState.Accepted);
        }
        neighbours.Works = true;
        await using var again = await IndexingHost.StartAsync(folder, neighbours);
        await Wait.UntilAsync(() => InModel(again, "ring", s_second) == ImageState.Indexed);
    }

    [Fact]
    public async Task AModelWhoseCollectionIsDropped_IsForgotten_AndFilledAnewWhenItIsServedAgain()
    {
        await using var host = await WithItemsAsync(3);
        await host.Neighbours.ServeAsync(s_first, s_second);
        await Wait.UntilAsync(() => Enumerable.Range(0, 3).All(i => InModel(host, $"ring-{i}", s_second) == ImageState.Indexed));
        var accepted = host.Neighbours.Of<ImageAccepted>().First(e => e.ItemId == "ring-1");

        await host.Neighbours.ServeAsync(s_first);
        await FollowedAsync(host, s_first);
        // Twice, as events may come, and with late ones of pictures that were on their way.
        await host.Neighbours.SendAsync(new CollectionDropped { Model = s_second });
        await host.Neighbours.SendAsync(new CollectionDropped { Model = s_second });
        await Wait.UntilAsync(() => Enumerable.Range(0, 3).All(i => InModel(host, $"ring-{i}", s_second) is null));
        await host.Neighbours.SendAsync(Neighbours.Indexed(accepted, s_second));
        await host.Neighbours.SendAsync(Neighbours.Failed(accepted, model: s_second));
        await host.Neighbours.SendAsync(Neighbours.Indexed(accepted, s_first));
        await host.PutAcceptedAsync("last", Requests.Metadata(), Pictures.Jpeg(8));
        await host.IndexedAsync(4);
        Assert.Null(InModel(host, "ring-1", s_second));
        Assert.All(Enumerable.Range(0, 3), i => Assert.Equal(ImageState.Indexed, InModel(host, $"ring-{i}", s_first)));

        await host.Neighbours.ServeAsync(s_first, s_second);
        await Wait.UntilAsync(async () => (await host.AskAsync<GetFillingProgress, FillingProgress>(new())).Models is [{ Lacking: 0, Pictures: 4 }]);
    }

    [Fact]
    public async Task ASample_OfTheWholeCatalogue_NamesItsItems()
    {
        await using var host = await WithItemsAsync(4);
        var sample = await host.AskAsync<SampleItems, ItemSample>(new() { Count = 100, Seed = 1 });
        Assert.Equal(["ring-0", "ring-1", "ring-2", "ring-3"], sample.ItemIds.Order());
        Assert.Single((await host.AskAsync<SampleItems, ItemSample>(new() { Count = 1, Seed = 1 })).ItemIds);
    }

    private static async Task<IndexingHost> WithItemsAsync(int count, params EmbeddingModelId[] others)
    {
        var host = await IndexingHost.StartAsync(neighbours: new Neighbours { Others = others });
        await host.PutRingsAsync(count);
        return host;
    }

    /// <summary>Waits until the catalogue has heard that just these are served and has brought every picture's state in line.</summary>
    private static Task FollowedAsync(IndexingHost host, EmbeddingModelId active, params EmbeddingModelId[] others) => Wait.UntilAsync(() => host.Catalogue.Read(session =>
        session.ServedModels.Active() == active.Value && session.ServedModels.IsSettled() && session.ServedModels.Others().SequenceEqual(others.Select(other => other.Value))));

    private static ImageState? InModel(IndexingHost host, string itemId, EmbeddingModelId model) =>
        host.Catalogue.Read(session => session.ImageModels.Find(itemId, 0, model.Value));
}
