using Search.EndToEnd.Tests.Fixtures;
using Search.Testing;

namespace Search.EndToEnd.Tests.Pipeline;

/// <summary>A product team keeps its catalogue over the API.</summary>
public sealed class ItemLifecycleTests
{
    private const string Metadata = """{"title":"Ring","category":"rings","attributes":{"metal":"gold","carat":0.5},"price":99.5}""";

    [Fact]
    public async Task AnItem_IsFoundAfterItIsPut_HiddenWhenPrivate_AndGoneEverywhereAfterDelete()
    {
        using var data = new TemporaryFolder();
        await using var service = await Standalone.StartAsync(data.Path);
        var picture = await File.ReadAllBytesAsync(DemoCatalogue.Queries[0].Path, TestContext.Current.CancellationToken);

        var (accepted, _) = await service.PutItemAsync("ring-1", Metadata, picture);
        await IndexedAsync(service, "ring-1");
        var (_, found) = await service.SearchAsync(picture);

        Assert.Equal(202, accepted);
        Assert.Equal(["ring-1"], found.ItemIds());

        _ = await service.PutItemAsync("ring-1", Metadata.Replace("\"price\"", "\"visibility\":\"private\",\"price\"", StringComparison.Ordinal));
        await Wait.UntilAsync(async () => (await service.SearchAsync(picture)).Body.ItemIds().Count == 0);

        using (var deleted = await service.Http.DeleteAsync(new Uri("/v1/items/ring-1", UriKind.Relative), TestContext.Current.CancellationToken))
            Assert.Equal(204, (int)deleted.StatusCode);
        using (var gone = await service.Http.GetAsync(new Uri("/v1/items/ring-1", UriKind.Relative), TestContext.Current.CancellationToken))
            Assert.Equal(404, (int)gone.StatusCode);
        await Wait.UntilAsync(async () => (int)(await service.GetAsync("/v1/status"))["index"]!["count"]! == 0);
        await Wait.UntilAsync(() => !Directory.EnumerateFiles(data["blobs/images"], "*", SearchOption.AllDirectories).Any());
    }

    [Fact]
    public async Task PuttingTheSameAgain_EmbedsNothing()
    {
        using var data = new TemporaryFolder();
        await using var service = await Standalone.StartAsync(data.Path);
        var picture = await File.ReadAllBytesAsync(DemoCatalogue.Queries[0].Path, TestContext.Current.CancellationToken);
        _ = await service.PutItemAsync("ring-1", Metadata, picture);
        await IndexedAsync(service, "ring-1");
        var before = await service.GetAsync("/v1/items/ring-1");

        var (status, _) = await service.PutItemAsync("ring-1", Metadata, picture);
        _ = await service.PutItemAsync("ring-2", Metadata, picture);
        await IndexedAsync(service, "ring-2");

        Assert.Equal(202, status);
        Assert.Equal(before.ToJsonString(), (await service.GetAsync("/v1/items/ring-1")).ToJsonString());
        var (_, answer) = await service.SearchAsync(picture);
        Assert.Equal(["ring-1"], answer.ItemIds());
        Assert.Equal("ring-2", (string)answer["results"]![0]!["duplicates"]![0]!["itemId"]!);
    }

    private static Task IndexedAsync(ServiceProcess service, string id) =>
        Wait.UntilAsync(async () => (string)(await service.GetAsync($"/v1/items/{id}"))["state"]! == "indexed");
}
