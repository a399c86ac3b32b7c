using System.Net;
using System.Text.Json;
using Search.Contracts.Messages;
using Search.Indexing.Tests.Playing;
using Search.Testing;

namespace Search.Indexing.Tests.Items;

public sealed class DistinctItemTests
{
    [Fact]
    public async Task Put_APair_IsKeptOnceWhicheverIsNamedFirst_AndThroughARestart()
    {
        using var folder = new TemporaryFolder();
        await using (var host = await IndexingHost.StartAsync(folder))
        {
            await AddAsync(host, "a", "b", "c");
            Assert.Equal(HttpStatusCode.NoContent, await SendAsync(host, HttpMethod.Put, "b/a"));
            Assert.Equal(HttpStatusCode.NoContent, await SendAsync(host, HttpMethod.Put, "a/b"));
            Assert.Equal(HttpStatusCode.NoContent, await SendAsync(host, HttpMethod.Put, "c/b"));
        }

        await using var again = await IndexingHost.StartAsync(folder);
        Assert.Equal([new("a", "b"), new("b", "c")], await KnownAsync(again));
        Assert.Equal([("a", "b"), ("b", "c")], Pairs(await again.GetJsonAsync("/v1/distinct-items?item=b")));
        Assert.Equal([("a", "b")], Pairs(await again.GetJsonAsync("/v1/distinct-items?item=a")));
    }

    [Fact]
    public async Task Delete_APair_IsForgotten_AndASecondTimeUnknown()
    {
        await using var host = await IndexingHost.StartAsync();
        await AddAsync(host, "a", "b");
        await SendAsync(host, HttpMethod.Put, "a/b");

        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(host, HttpMethod.Delete, "b/a"));
        Assert.Equal(HttpStatusCode.NotFound, await SendAsync(host, HttpMethod.Delete, "b/a"));
        Assert.Empty(await KnownAsync(host));
    }

    [Fact]
    public async Task Delete_AnItem_ForgetsItsPairsAlone()
    {
        await using var host = await IndexingHost.StartAsync();
        await AddAsync(host, "a", "b", "c");
        foreach (var pair in new[] { "a/b", "b/c", "a/c" })
            await SendAsync(host, HttpMethod.Put, pair);

        await host.DeleteAsync("b");

        Assert.Equal([new("a", "c")], await KnownAsync(host));
    }

    [Theory]
    [InlineData("a/a", HttpStatusCode.BadRequest)]
    [InlineData("a/-b", HttpStatusCode.BadRequest)]
    [InlineData("a/unknown", HttpStatusCode.NotFound)]
    [InlineData("unknown/a", HttpStatusCode.NotFound)]
    public async Task Put_NoPairOfTwoItems_IsRefused(string pair, HttpStatusCode expected)
    {
        await using var host = await IndexingHost.StartAsync();
        await AddAsync(host, "a");

        using var response = await host.Http.PutAsync($"/v1/distinct-items/{pair}", null, TestContext.Current.CancellationToken);

        await response.ProblemAsync(expected);
        Assert.Empty(await KnownAsync(host));
    }

    [Fact]
    public async Task List_MoreThanAPage_GoesOnWhereItStopped()
    {
        await using var host = await IndexingHost.StartAsync();
        string[] ids = ["a", "b", "c", "d"];
        await AddAsync(host, ids);
        foreach (var other in ids[1..])
            await SendAsync(host, HttpMethod.Put, $"a/{other}");

        var first = await host.GetJsonAsync("/v1/distinct-items?limit=2");
        var second = await host.GetJsonAsync($"/v1/distinct-items?limit=2&after={first.GetProperty("next").GetString()}");

        Assert.Equal([("a", "b"), ("a", "c")], Pairs(first));
        Assert.Equal([("a", "d")], Pairs(second));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
    }

    [Theory]
    [InlineData("?limit=0")]
    [InlineData("?limit=1001")]
    [InlineData("?after=a")]
    [InlineData("?after=a/b/c")]
    [InlineData("?item=-")]
    public async Task List_BadQuestion_Is400(string query)
    {
        await using var host = await IndexingHost.StartAsync();

        using var response = await host.GetAsync($"/v1/distinct-items{query}");

        await response.ProblemAsync(HttpStatusCode.BadRequest);
    }

    private static async Task AddAsync(IndexingHost host, params string[] ids)
    {
        foreach (var (i, id) in ids.Index())
            await host.PutAcceptedAsync(id, Requests.Metadata(), Pictures.Jpeg(i));
    }

    private static async Task<HttpStatusCode> SendAsync(IndexingHost host, HttpMethod method, string pair)
    {
        using var request = new HttpRequestMessage(method, $"/v1/distinct-items/{pair}");
        using var response = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private static async Task<DistinctPair[]> KnownAsync(IndexingHost host) =>
        (await host.AskAsync<ListDistinctItems, DistinctItems>(new ListDistinctItems())).Pairs;

    private static IEnumerable<(string?, string?)> Pairs(JsonElement list) => list.GetProperty("pairs").EnumerateArray()
        .Select(pair => (pair.GetProperty("first").GetString(), pair.GetProperty("second").GetString()));
}
