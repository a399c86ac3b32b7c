using Search.EndToEnd.Tests.Fixtures;
using Search.Testing.Images;

namespace Search.EndToEnd.Tests.Resilience;

/// <summary>Damaged, oversized, mislabelled and rare files, sent by someone who means no good.</summary>
public sealed class HostileFileTests(DemoStandalone demo)
{
    [Fact]
    public async Task EveryHostileFile_GetsItsRightAnswer_AndTheServiceStaysUpAndFlat()
    {
        var service = await demo.GetAsync();
        // One round first, so that pools and caches have their size.
        await RoundAsync(service);
        var before = service.ResidentBytes;

        var wrong = await RoundAsync(service);
        var grown = service.ResidentBytes - before;

        Assert.Empty(wrong);
        Assert.True(grown < 100L << 20, $"Memory grew by {grown >> 20} MiB over {HostileImages.All.Count} files.");
        Assert.Equal(DemoCatalogue.Items.Count, await service.CountAsync("indexed"));
    }

    private static async Task<List<string>> RoundAsync(ServiceProcess service)
    {
        var wrong = new List<string>();
        foreach (var file in HostileImages.All)
        {
            var (status, body) = await service.SearchAsync(file.Bytes, ("k", "1"));
            if (!file.Allows(status))
                wrong.Add($"{file.Name}: {status} instead of {file.ExpectedStatus}: {body["detail"]}");
        }
        return wrong;
    }
}
