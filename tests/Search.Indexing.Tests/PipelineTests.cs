using System.Net;
using Search.Contracts.Messages;

namespace Search.Indexing.Tests;

public sealed class PipelineTests
{
    [Fact]
    public async Task Put_NewItem_EndsIndexedAndIsAnnouncedOnce()
    {
        await using var host = await IndexingHost.StartAsync();
        using var response = await host.PutAsync("ring-1", Requests.Metadata(), Pictures.Jpeg(1));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("/v1/items/ring-1", response.Headers.Location!.ToString());
        await host.IndexedAsync(1);
        await Eventually.HoldsAsync(() => host.Neighbours.Read.ContainsKey("ring-1"), "the reader knows the item");
        Assert.Equal("indexed", await host.StateAsync("ring-1"));
        Assert.Equal(1, host.Neighbours.Count<ImageAccepted>());
    }

    [Fact]
    public async Task Import_ManyLines_AllEndIndexed()
    {
        await using var host = await IndexingHost.StartAsync();
        var lines = Enumerable.Range(0, 500).Select(i =>
            $$"""{"id":"i{{i}}","title":"t","category":"c","images":[{"data":"{{Convert.ToBase64String(Pictures.Jpeg(i))}}"}]}""");
        using var response = await host.ImportAsync(string.Join('\n', lines));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(500, (await response.JsonAsync()).GetProperty("accepted").GetInt32());
        await host.IndexedAsync(500);
        Assert.Equal(500, host.Neighbours.Count<ImageAccepted>());
        await Eventually.HoldsAsync(() => host.Neighbours.Read.Count == 500, "the reader knows all items");
        Assert.InRange(host.Neighbours.Count<ItemChanged>(), 500, 600);
    }
}
