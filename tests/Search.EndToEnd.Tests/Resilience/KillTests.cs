using Search.EndToEnd.Tests.Fixtures;
using Search.Testing;

namespace Search.EndToEnd.Tests.Resilience;

/// <summary>kill -9 and start again: nothing lost, nothing done twice.</summary>
public sealed class KillTests
{
    [Fact]
    public async Task KilledInTheMiddleOfAnImport_EveryAcceptedItemEndsIndexedOnce()
    {
        using var data = new TemporaryFolder();
        await using (var first = await Standalone.StartAsync(data.Path, DemoCatalogue.Folder))
        {
            var import = CommandLine.RunAsync("import", DemoCatalogue.Folder, "--by-path", "--url", first.Address.ToString());
            await Wait.UntilAsync(async () => await first.CountAsync("indexed") >= 10, TimeSpan.FromMinutes(2));
            await first.KillAsync();
            Assert.NotEqual(0, (await import).Status);
        }

        await using var second = await Standalone.StartAsync(data.Path, DemoCatalogue.Folder);
        var accepted = await second.CountAsync("total");
        Assert.InRange(accepted, 10, DemoCatalogue.Items.Count);
        await Wait.UntilAsync(async () => await second.CountAsync("indexed") == accepted, TimeSpan.FromMinutes(3));
        Assert.Equal(0, await second.CountAsync("failed"));
        Assert.Equal(PicturesOf(accepted), (int)(await second.GetAsync("/v1/status"))["index"]!["count"]!);

        await second.ImportAsync(DemoCatalogue.Folder);

        Assert.Equal(DemoCatalogue.Items.Count, await second.CountAsync("indexed"));
        Assert.Equal(PicturesOf(DemoCatalogue.Items.Count), (int)(await second.GetAsync("/v1/status"))["index"]!["count"]!);
    }

    [Fact]
    public async Task RestartedWhenFull_ItAnswersAtOnceAndEmbedsNothing()
    {
        using var data = new TemporaryFolder();
        var picture = await File.ReadAllBytesAsync(DemoCatalogue.Queries[0].Path, TestContext.Current.CancellationToken);
        string before;
        await using (var first = await Standalone.StartAsync(data.Path, DemoCatalogue.Folder))
        {
            await first.ImportAsync(DemoCatalogue.Folder);
            before = (await first.SearchAsync(picture)).Body["results"]!.ToJsonString();
            await first.KillAsync();
        }

        await using var second = await Standalone.StartAsync(data.Path, DemoCatalogue.Folder);
        var after = (await second.SearchAsync(picture)).Body["results"]!.ToJsonString();
        await second.ImportAsync(DemoCatalogue.Folder);

        Assert.Equal(before, after);
        // The warm-ups, one a core and the gateway's first search, and the query's own.
        Assert.InRange(await second.MetricAsync("search_embedding_inference_duration_seconds_count"), 1, Environment.ProcessorCount + 2);
    }

    /// <summary>All items of the demo catalogue have the same number of pictures.</summary>
    private static int PicturesOf(int items) => items * DemoCatalogue.Items[0]["images"]!.AsArray().Count;
}
