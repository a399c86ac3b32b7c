using Search.EndToEnd.Tests.Fixtures;
using Search.Testing;

namespace Search.EndToEnd.Tests.Pipeline;

/// <summary>Services apart over RabbitMQ are the same product as the one process.</summary>
public sealed class DistributedTests(DistributedSuite distributed, DemoStandalone demo) : IClassFixture<DistributedSuite>
{
    [Fact]
    public async Task TheSameSearches_GetTheSameAnswers()
    {
        var standalone = await demo.GetAsync();
        (string Name, string Value)[][] variations =
        [
            [("k", "20")],
            [("k", "50"), ("filter", """{"attributes":{"metal":["gold","silver"]},"ranges":{"price":{"lte":2000}}}""")],
            [("k", "10"), ("collapse", "false"), ("explain", "true")],
        ];

        foreach (var (path, _) in DemoCatalogue.Queries.Where((_, i) => i % 20 == 0))
        {
            var picture = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
            foreach (var fields in variations)
            {
                var (status, apart) = await distributed.Gateway.SearchAsync(picture, fields);
                var (_, together) = await standalone.SearchAsync(picture, fields);

                Assert.Equal(200, status);
                Assert.NotEmpty(apart.ItemIds());
                Assert.Equal(together["results"]!.ToJsonString(), apart["results"]!.ToJsonString());
            }
        }
    }

    [Fact]
    public async Task ALargePicture_GoesByClaimCheck_AndIsNotLeftBehind()
    {
        var picture = LargeBitmap.OfNoise();
        Assert.True(picture.Length > 300_000);

        var (status, answer) = await distributed.Gateway.SearchAsync(picture, ("k", "3"));

        Assert.Equal(200, status);
        Assert.Equal(3, answer.ItemIds().Count);
        await Wait.UntilAsync(() => !Directory.Exists(distributed.QueryBlobs) || Directory.GetFiles(distributed.QueryBlobs).Length == 0);
    }

    [Fact]
    public async Task OneSearch_IsOneTraceAcrossAllServices()
    {
        var (_, answer) = await distributed.Gateway.SearchAsync(await File.ReadAllBytesAsync(DemoCatalogue.Queries[2].Path, TestContext.Current.CancellationToken));
        Assert.NotNull(answer["queryId"]);

        string[] expected = ["ann", "embedding", "gateway", "rerank"];
        await Wait.UntilAsync(() => distributed.Traces.Spans.GroupBy(s => s.TraceId)
            .Any(trace => trace.Any(s => s.Name.Contains("v1/search", StringComparison.Ordinal)) && trace.Select(s => s.Service).Distinct().Order().SequenceEqual(expected)));
    }

    [Fact]
    public async Task BadInput_GetsTheSameProblems_AcrossTheBus()
    {
        var (status, problem) = await distributed.Gateway.SearchAsync("not a picture"u8.ToArray());

        Assert.Equal(415, status);
        Assert.Equal("urn:search:problem:image-unsupported-type", (string)problem["type"]!);
    }
}
