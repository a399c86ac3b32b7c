using System.Net;
using Search.Contracts;
using Search.Contracts.Messages;
using Search.Gateway.Tests.Hosting;

namespace Search.Gateway.Tests.Searching;

public sealed class DeepeningTests
{
    private const string Watches = """{"category":"watches"}""";

    /// <summary>1,000 rings, and watches only at the far end.</summary>
    private static StandInCollection WatchesFarAway(int watches) => new(
        [.. Enumerable.Range(0, 1000).Select(i => StandInCollection.Item(i, i < 1000 - watches ? "rings" : "watches"))]);

    [Fact]
    public async Task Search_ForRarePieces_AsksForMoreUntilItHasThem()
    {
        await using var host = await GatewayHost.StartAsync();
        host.Services.Collection = WatchesFarAway(3);
        var asked = Record(host);
        using var response = await host.SearchAsync(Form.WithImage(("k", "3"), ("filter", Watches)));

        Assert.Equal(["item-0997", "item-0998", "item-0999"], (await response.ReadAsync()).ItemIds());
        Assert.Equal([50, 200, 800, 3200], asked);
    }

    [Fact]
    public async Task Search_ForMoreThanThereIs_StopsWhenTheCollectionIsExhausted()
    {
        await using var host = await GatewayHost.StartAsync();
        host.Services.Collection = WatchesFarAway(3);
        var asked = Record(host);
        using var response = await host.SearchAsync(Form.WithImage(("k", "10"), ("filter", Watches)));

        Assert.Equal(3, (await response.ReadAsync()).ItemIds().Length);
        Assert.Equal([50, 200, 800, 3200], asked);
    }

    [Fact]
    public async Task Search_ForCommonPieces_AsksOnce()
    {
        await using var host = await GatewayHost.StartAsync();
        host.Services.Collection = WatchesFarAway(3);
        var asked = Record(host);
        using var response = await host.SearchAsync(Form.WithImage(("k", "100")));

        Assert.Equal(100, (await response.ReadAsync()).ItemIds().Length);
        Assert.Equal([400], asked);
    }

    [Fact]
    public async Task Search_ThatWouldDigTooFar_StopsAtTheLimitWithWhatItHas()
    {
        await using var host = await GatewayHost.StartAsync("Gateway:MaxCandidates=500");
        host.Services.Collection = WatchesFarAway(600);
        var asked = Record(host);
        using var response = await host.SearchAsync(Form.WithImage(("k", "150"), ("filter", Watches)));

        Assert.Equal(100, (await response.ReadAsync()).ItemIds().Length);
        Assert.Equal([500], asked);
    }

    [Fact]
    public async Task Search_OfAnEmptyCollection_AnswersNothing()
    {
        await using var host = await GatewayHost.StartAsync();
        host.Services.Collection = StandInCollection.OfRings(0);
        using var response = await host.SearchAsync(Form.WithImage());
        Assert.Empty((await response.ReadAsync()).ItemIds());
    }

    [Fact]
    public async Task Search_WhoseHopsTogetherPassTheDeadline_Is503WithRetryAfter()
    {
        await using var host = await GatewayHost.StartAsync("Gateway:SearchDeadline=00:00:00.300");
        host.Services.Collection = WatchesFarAway(3);
        // Each hop is well within the deadline; only their sum is not.
        host.Services.Neighbours = async (request, cancellation) =>
        {
            await Task.Delay(200, cancellation);
            return host.Services.Collection.Nearest(request);
        };
        using var response = await host.SearchAsync(Form.WithImage(("filter", Watches)));
        await response.ProblemAsync(HttpStatusCode.ServiceUnavailable);
        Assert.NotNull(response.Headers.RetryAfter);
    }

    [Fact]
    public async Task Search_WhenAServiceIsSilent_Is503WithRetryAfter()
    {
        await using var host = await GatewayHost.StartAsync("Gateway:SearchDeadline=00:00:00.200");
        host.Services.Embed = async (_, cancellation) =>
        {
            await Task.Delay(Timeout.Infinite, cancellation);
            throw new System.Diagnostics.UnreachableException();
        };
        using var response = await host.SearchAsync(Form.WithImage());
        await response.ProblemAsync(HttpStatusCode.ServiceUnavailable);
        Assert.NotNull(response.Headers.RetryAfter);
    }

    [Theory]
    [InlineData(400, "image-truncated")]
    [InlineData(413, "too-large")]
    [InlineData(415, "image-type")]
    [InlineData(422, "image-pixels")]
    public async Task Search_WithAPictureTheServiceRefuses_PassesItsProblemOn(int status, string type)
    {
        await using var host = await GatewayHost.StartAsync();
        host.Services.Embed = (_, _) => throw new ServiceProblemException(new ServiceProblem(status, type, "No", "Because."));
        using var response = await host.SearchAsync(Form.WithImage());
        var problem = await response.ProblemAsync((HttpStatusCode)status);
        Assert.Equal($"urn:search:problem:{type}", problem.GetProperty("type").GetString());
        Assert.Equal("Because.", problem.Detail());
    }

    [Fact]
    public async Task Search_ByItem_AsksForTheActiveModelOnlyNowAndThen()
    {
        await using var host = await GatewayHost.StartAsync("Gateway:ActiveModelLifetime=00:01:00");
        var (asked, answer) = (0, host.Services.Active);
        host.Services.Active = cancellation =>
        {
            asked++;
            return answer(cancellation);
        };
        for (var i = 0; i < 5; i++)
            await host.GetJsonAsync("/v1/items/item-0001/similar?k=1");
        Assert.Equal(1, asked);
    }

    private static List<int> Record(GatewayHost host)
    {
        var asked = new List<int>();
        host.Services.Neighbours = (request, _) =>
        {
            asked.Add(request.K);
            return Task.FromResult<NeighboursFound>(host.Services.Collection.Nearest(request));
        };
        return asked;
    }
}
