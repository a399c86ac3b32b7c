using System.Collections.Concurrent;
using Search.Contracts;
using Search.Contracts.Messages;
using Search.Indexing.Outbox;
using Search.Indexing.Tests.Playing;
using Search.Testing;

namespace Search.Indexing.Tests.Outbox;

public sealed class OutboxTests
{
    [Fact]
    public async Task Publish_EveryEventFailsOnce_AllArriveAndEndIndexed()
    {
        var failed = new ConcurrentDictionary<string, bool>();
        BrokenBus? broken = null;
        await using var host = await IndexingHost.StartAsync(bus: bus => broken = new BrokenBus(bus, message => failed.TryAdd(Key(message), true)));
        using var response = await host.ImportAsync(Enumerable.Range(0, 30).Select(i => Requests.Line($"ring-{i}", Pictures.Jpeg(i))));

        await host.IndexedAsync(30);
        Assert.Equal(30, host.Neighbours.Count<ImageAccepted>());
        Assert.True(broken!.Refused >= 60);

        await host.DeleteAsync("ring-0");
        await Wait.UntilAsync(() => host.Neighbours.Count<ContentReleased>() == 1);
        Assert.False(host.Neighbours.Known.ContainsKey("ring-0"));
        Assert.False(host.Neighbours.Collection.ContainsKey("ring-0/0"));
    }

    [Fact]
    public async Task Restart_WithNothingPublished_PublishesAllOfIt()
    {
        using var folder = new TemporaryFolder();
        await using (var host = await IndexingHost.StartAsync(folder, bus: bus => new BrokenBus(bus, _ => true)))
        {
            for (var i = 0; i < 10; i++)
                await host.PutAcceptedAsync($"ring-{i}", Requests.Metadata(), Pictures.Jpeg(i));
            await host.DeleteAsync("ring-3");
            Assert.Empty(host.Neighbours.Events);
        }

        await using var again = await IndexingHost.StartAsync(folder);
        await again.IndexedAsync(9);
        Assert.Equal(9, again.Neighbours.Count<ImageAccepted>());
        Assert.Equal("ring-3", Assert.Single(again.Neighbours.Of<ItemRemoved>()).ItemId);
        await Wait.UntilAsync(() => again.Neighbours.Count<ContentReleased>() == 1);
        Assert.Equal(9, again.BlobCount());
    }

    [Fact]
    public async Task Restart_WithFactsUnpublished_PublishesThemOnceInOrder()
    {
        using var folder = new TemporaryFolder();
        var neighbours = new Neighbours();
        var away = false;
        await using (var host = await IndexingHost.StartAsync(folder, neighbours, bus => new BrokenBus(bus, _ => away)))
        {
            await host.PutAcceptedAsync("a", Requests.Metadata(), Pictures.Jpeg(1));
            await host.PutAcceptedAsync("b", Requests.Metadata(), Pictures.Jpeg(2));
            await host.IndexedAsync(2);
            away = true;
            await host.PutAcceptedAsync("a", Requests.Metadata(title: "changed"));
            await host.PutAcceptedAsync("a", Requests.Metadata(title: "changed again"));
            await host.DeleteAsync("b");
        }
        neighbours.Events.Clear();

        await using var again = await IndexingHost.StartAsync(folder, neighbours);
        await Wait.UntilAsync(() => neighbours.Count<ItemRemoved>() == 1 && neighbours.Known["a"].Title == "changed again");
        Assert.Equal(1, neighbours.Count<ItemChanged>());
        Assert.Equal(0, neighbours.Count<ImageAccepted>());
        Assert.Equal(["a/0"], neighbours.Collection.Keys);
    }

    [Fact]
    public async Task Round_DocumentChangedWhileItIsPublished_IsPublishedAgain()
    {
        await using var host = await IndexingHost.StartAsync();
        await host.PutAcceptedAsync("a", Requests.Metadata(), Pictures.Jpeg(1));
        await host.IndexedAsync(1);
        var cancellation = TestContext.Current.CancellationToken;
        await host.Catalogue.WriteAsync(session => session.Outbox.AddItemChanged("a", 100, long.MaxValue, null), cancellation);
        var read = Assert.Single(host.Catalogue.Read(session => session.Outbox.Due(long.MaxValue, 10)));

        await host.Catalogue.WriteAsync(session => session.Outbox.AddItemChanged("a", 101, long.MaxValue, null), cancellation);
        await host.Catalogue.WriteAsync(session => session.Outbox.MarkPublished(read, 0), cancellation);

        var left = Assert.Single(host.Catalogue.Read(session => session.Outbox.Due(long.MaxValue, 10)));
        Assert.Equal(101, left.Revision);
    }

    [Fact]
    public async Task Signal_SetManyTimes_WakesOnceAndIsNotLost()
    {
        var signal = new OutboxSignal();
        signal.Set();
        signal.Set();
        await signal.WaitAsync(TimeSpan.FromDays(1), TimeProvider.System, TestContext.Current.CancellationToken);
        var second = signal.WaitAsync(TimeSpan.FromDays(1), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.False(second.IsCompleted);
        signal.Set();
        await second;
    }

    private static string Key(object message) => message switch
    {
        ImageAccepted e => $"accepted {ImageKey.Create(e.ItemId, e.ImageNumber)}",
        ItemChanged e => $"changed {e.Item.Id}",
        ItemRemoved e => $"removed {e.ItemId}",
        ImagesRemoved e => $"images {e.ItemId}",
        ContentReleased e => $"released {e.ContentHash}",
        _ => throw new InvalidOperationException($"{message.GetType().Name} is not published here"),
    };
}
