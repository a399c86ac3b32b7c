using System.Text.Json.Nodes;
using Search.EndToEnd.Tests.Fixtures;
using Search.Testing;

namespace Search.EndToEnd.Tests.Pipeline;

/// <summary>The catalogue that ships, looked at as a whole by the command line.</summary>
public sealed class GroupTests(DemoStandalone demo)
{
    [Fact]
    public async Task Duplicates_TwoThatAreGrouped_AreNotAnyMoreOnceSomebodySaysSo()
    {
        var service = await demo.GetAsync();
        var group = (await RunAsync(service, "duplicates", "--threshold", "0.9"))[0]["duplicates"]!;
        string[] pair = [.. group["items"]!.AsArray().Take(2).Select(item => (string)item!["id"]!)];

        Assert.Equal(0, (await CommandLine.RunAsync("duplicates", "--not", pair[1], pair[0], "--url", service.Address.ToString())).Status);
        var after = await RunAsync(service, "duplicates", "--threshold", "0.9");
        var verdicts = await CommandLine.RunAsync("duplicates", "--verdicts", "--url", service.Address.ToString());
        Assert.Equal(0, (await CommandLine.RunAsync("duplicates", "--forget", pair[0], pair[1], "--url", service.Address.ToString())).Status);

        Assert.DoesNotContain(after, line => line["duplicates"] is { } other && pair.All(id => other["items"]!.AsArray().Any(item => (string)item!["id"]! == id)));
        Assert.Contains(pair[0], verdicts.Output, StringComparison.Ordinal);
        Assert.Equal(group.ToJsonString(), (await RunAsync(service, "duplicates", "--threshold", "0.9"))[0]["duplicates"]!.ToJsonString());
    }

    [Fact]
    public async Task Clusters_HoldEveryItemOnce()
    {
        var service = await demo.GetAsync();

        var clusters = await RunAsync(service, "clusters", "--members", "--k", "8");

        var members = clusters.SelectMany(line => line["cluster"]?["items"]?.AsArray().Select(id => (string)id!) ?? []).ToArray();
        Assert.Equal(DemoCatalogue.Items.Select(item => (string)item["id"]!).Order(), members.Order());
    }

    [Fact]
    public async Task Review_IsAPageWithPictures()
    {
        var service = await demo.GetAsync();
        using var folder = new TemporaryFolder();

        var (status, output) = await CommandLine.RunAsync("review", folder["page.html"], "--url", service.Address.ToString());

        Assert.True(status == 0, output);
        var page = await File.ReadAllTextAsync(folder["page.html"], TestContext.Current.CancellationToken);
        Assert.Contains("data:image/jpeg;base64,", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"http", page, StringComparison.Ordinal);
    }

    private static async Task<JsonNode[]> RunAsync(ServiceProcess service, params string[] arguments)
    {
        var (status, output) = await CommandLine.RunAsync([.. arguments, "--json", "--url", service.Address.ToString()]);
        Assert.True(status == 0, output);
        JsonNode[] lines = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
        Assert.NotNull(lines[^1]["end"]);
        return lines;
    }
}
