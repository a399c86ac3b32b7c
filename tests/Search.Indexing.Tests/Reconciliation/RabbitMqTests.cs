using Search.Contracts.Messages;
using Search.Indexing.Tests.Playing;
using Search.Testing;

namespace Search.Indexing.Tests.Reconciliation;

/// <summary>The same service over a real broker.</summary>
public sealed class RabbitMqTests(RabbitMqBroker broker) : IClassFixture<RabbitMqBroker>
{
    [Fact]
    public async Task Import_OverABroker_EndsIndexedAndARestartSendsNothingTwice()
    {
        if (broker.WhyNot is { } reason)
            Assert.Skip(reason);
        (string, string)[] settings = [("Messaging:Transport", "RabbitMq"), ("Messaging:RabbitMq", broker.Address)];
        using var folder = new TemporaryFolder();
        var neighbours = new Neighbours();
        await using (var host = await IndexingHost.StartAsync(folder, neighbours, settings: settings))
        {
            await ReadyAsync(host);
            await host.PutAcceptedAsync("first", Requests.Metadata(), Pictures.Jpeg(-1));
            await host.IndexedAsync(1);
            using var response = await host.ImportAsync(Enumerable.Range(0, 200).Select(i => Requests.Line($"ring-{i}", Pictures.Jpeg(i))));
            Assert.Equal((200, 0, 0), await response.CountsAsync());
        }
        // What the broker holds is handled after the restart; what had not left is sent then.
        await using (var host = await IndexingHost.StartAsync(folder, neighbours, settings: settings))
        {
            await ReadyAsync(host);
            await host.IndexedAsync(201);
            await host.DeleteAsync("first");
            await Wait.UntilAsync(() => neighbours.Count<ItemRemoved>() == 1 && !neighbours.Collection.ContainsKey("first/0"));
        }
        Assert.Equal(201, neighbours.Of<ImageAccepted>().Select(e => e.ItemId).Distinct().Count());
        Assert.InRange(neighbours.Count<ImageAccepted>(), 201, 265);
    }

    private static Task ReadyAsync(IndexingHost host) => Wait.UntilAsync(async () =>
    {
        using var response = await host.GetAsync("/health/ready");
        return response.IsSuccessStatusCode;
    });
}
