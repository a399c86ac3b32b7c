using System.Net;
using Search.Contracts;
using Search.Contracts.Catalogue;
using Search.Contracts.Messages;
using Search.Indexing.Tests.Playing;
using Search.Testing;

namespace Search.Indexing.Tests.Items;

public sealed class ReadItemTests
{
    [Fact]
    public async Task Get_Item_ShowsWhatWasPut()
    {
        await using var host = await IndexingHost.StartAsync();
        await host.PutAcceptedAsync("a:b_c.d-1", Requests.Metadata(), Pictures.Jpeg(1), Pictures.Jpeg(2));
        await host.IndexedAsync(1);

        var item = await host.GetJsonAsync("/v1/items/a:b_c.d-1");

        Assert.Equal("Ring", item.GetProperty("title").GetString());
        Assert.Equal("gold", item.GetProperty("attributes").GetProperty("metal").GetString());
        Assert.Equal(18, item.GetProperty("attributes").GetProperty("carat").GetDouble());
        Assert.Equal("public", item.GetProperty("visibility").GetString());
        var image = item.GetProperty("images")[1];
        Assert.Equal("a:b_c.d-1/1", image.GetProperty("imageId").GetString());
        Assert.Equal("indexed", image.GetProperty("state").GetString());
        using var bytes = await host.GetAsync(image.GetProperty("imageUrl").GetString()!);
        Assert.Equal(HttpStatusCode.OK, bytes.StatusCode);
    }

    [Theory]
    [InlineData("/v1/items/unknown")]
    [InlineData("/v1/items/unknown/image")]
    public async Task Get_UnknownItem_Is404(string path)
    {
        await using var host = await IndexingHost.StartAsync();
        using var response = await host.GetAsync(path);
        await response.ProblemAsync(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("private", "search", HttpStatusCode.NotFound)]
    [InlineData("private", "", HttpStatusCode.NotFound)]
    [InlineData("private", "search write", HttpStatusCode.OK)]
    [InlineData("private", "admin", HttpStatusCode.OK)]
    [InlineData("private", "administrator", HttpStatusCode.NotFound)]
    [InlineData("unpublished", "search", HttpStatusCode.NotFound)]
    [InlineData("unpublished", null, HttpStatusCode.OK)]
    [InlineData("public", "search", HttpStatusCode.OK)]
    public async Task Get_ItemAndImage_DependOnVisibilityAndScopes(string visibility, string? scopes, HttpStatusCode expected)
    {
        await using var host = await IndexingHost.StartAsync();
        await host.PutAcceptedAsync("ring-1", Requests.Metadata(visibility: visibility), Pictures.Jpeg(1));
        (string, string)[] headers = scopes is null ? [] : [("X-Search-Scopes", scopes)];
        foreach (var path in new[] { "/v1/items/ring-1", "/v1/items/ring-1/image", "/v1/items/ring-1/image?size=32" })
        {
            using var response = await host.GetAsync(path, headers);
            Assert.Equal(expected, response.StatusCode);
        }
    }

    [Fact]
    public async Task List_Pages_VisitEachPublicItemOnceInOrder()
    {
        await using var host = await IndexingHost.StartAsync();
        for (var i = 0; i < 7; i++)
            await host.PutAcceptedAsync($"ring-{i}", Requests.Metadata(visibility: i == 3 ? "private" : "public"), Pictures.Jpeg(i));

        var seen = new List<string>();
        for (string? after = null, path; ; )
        {
            path = after is null ? "/v1/items?limit=2" : $"/v1/items?limit=2&after={after}";
            var page = await host.GetJsonAsync(path);
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
            after = page.GetProperty("next").GetString();
            if (after is null)
                break;
        }
        Assert.Equal(["ring-0", "ring-1", "ring-2", "ring-4", "ring-5", "ring-6"], seen);
    }

    [Fact]
    public async Task List_ByCategory_ComparesWithoutCase()
    {
        await using var host = await IndexingHost.StartAsync();
        await host.PutAcceptedAsync("a", Requests.Metadata(category: "Rings & Ähnliches"), Pictures.Jpeg(1));
        await host.PutAcceptedAsync("b", Requests.Metadata(category: "watches"), Pictures.Jpeg(2));
        var page = await host.GetJsonAsync("/v1/items?category=" + Uri.EscapeDataString("rings & ähnliches"));
        Assert.Equal("a", Assert.Single(page.GetProperty("items").EnumerateArray()).GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=201")]
    [InlineData("limit=-1")]
    [InlineData("limit=ten")]
    [InlineData("after=../x")]
    public async Task List_BadParameter_Is400(string query)
    {
        await using var host = await IndexingHost.StartAsync();
        using var response = await host.GetAsync($"/v1/items?{query}");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Categories_CountPublicItemsThatSearchesFind()
    {
        await using var host = await IndexingHost.StartAsync();
        await host.PutAcceptedAsync("a", Requests.Metadata(category: "Rings"), Pictures.Jpeg(1));
        await host.PutAcceptedAsync("b", Requests.Metadata(category: "rings"), Pictures.Jpeg(2));
        await host.PutAcceptedAsync("c", Requests.Metadata(category: "watches"), Pictures.Jpeg(3));
        await host.PutAcceptedAsync("d", Requests.Metadata(category: "watches", visibility: "private"), Pictures.Jpeg(4));
        await host.IndexedAsync(4);
        host.Neighbours.Works = false;
        await host.PutAcceptedAsync("e", Requests.Metadata(category: "brooches"), Pictures.Jpeg(5));

        var categories = (await host.GetJsonAsync("/v1/categories")).GetProperty("categories").EnumerateArray()
            .Select(c => (c.GetProperty("name").GetString(), c.GetProperty("count").GetInt32()));
        Assert.Equal([("Rings", 2), ("watches", 1)], categories);
    }

    [Fact]
    public async Task ListItemChanges_Pages_GiveEveryChangeOnceInOrderOfRevision()
    {
        await using var host = await IndexingHost.StartAsync();
        await host.PutRingsAsync(10);
        for (var i = 0; i < 10; i += 3)
            await host.DeleteAsync($"ring-{i}");
        await host.PutAcceptedAsync("ring-0", Requests.Metadata(), Pictures.Jpeg(0));
        await host.IndexedAsync(7);

        var (changed, removed, revisions) = (new List<string>(), new List<string>(), new List<long>());
        for (long after = 0; ;)
        {
            var page = await host.AskAsync<ListItemChanges, ItemChanges>(new ListItemChanges { AfterRevision = after, Limit = 2 });
            changed.AddRange(page.Changed.Select(item => item.Id));
            removed.AddRange(page.Removed.Select(item => item.ItemId));
            revisions.AddRange(page.Changed.Select(item => item.Revision).Concat(page.Removed.Select(item => item.Revision)).Order());
            if (page.LastRevision == after)
                break;
            after = page.LastRevision;
        }
        Assert.Equal(["ring-0", "ring-1", "ring-2", "ring-4", "ring-5", "ring-7", "ring-8"], changed.Order());
        Assert.Equal(["ring-3", "ring-6", "ring-9"], removed.Order());
        Assert.Equal(revisions.Order(), revisions);
    }

    [Fact]
    public async Task ListItemChanges_BadLimit_IsAProblem()
    {
        await using var host = await IndexingHost.StartAsync();
        var problem = await Assert.ThrowsAsync<ServiceProblemException>(
            () => host.AskAsync<ListItemChanges, ItemChanges>(new ListItemChanges { AfterRevision = 0, Limit = 1001 }));
        Assert.Equal(400, problem.Problem.Status);
    }

    [Fact]
    public async Task GetItem_Query_GivesTheDocumentOrA404()
    {
        await using var host = await IndexingHost.StartAsync();
        await host.PutAcceptedAsync("ring-1", Requests.Metadata(visibility: "private"), Pictures.Jpeg(1));
        Assert.Equal(ItemVisibility.Private, (await host.AskAsync<GetItem, ItemDocument>(new GetItem { ItemId = "ring-1" })).Visibility);
        var problem = await Assert.ThrowsAsync<ServiceProblemException>(() => host.AskAsync<GetItem, ItemDocument>(new GetItem { ItemId = "other" }));
        Assert.Equal(404, problem.Problem.Status);
    }

    [Fact]
    public async Task Ready_AfterStart_NamesIndexing()
    {
        await using var host = await IndexingHost.StartAsync();
        await Wait.UntilAsync(async () =>
        {
            using var response = await host.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken);
            return response.IsSuccessStatusCode;
        });
        var health = await host.GetJsonAsync("/health/ready");
        Assert.Equal("Healthy", health.GetProperty("checks").GetProperty("indexing").GetProperty("status").GetString());
    }

    [Fact]
    public async Task Metrics_ShowItemsByStateAndTheOutbox()
    {
        await using var host = await IndexingHost.StartAsync();
        await host.PutAcceptedAsync("ring-1", Requests.Metadata(), Pictures.Jpeg(1));
        await host.IndexedAsync(1);
        using var response = await host.GetAsync("/metrics");
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Matches("search_indexing_items\\{[^\\n]*state=\"indexed\"\\} 1", text);
        Assert.Contains("search_indexing_outbox_depth", text, StringComparison.Ordinal);
    }
}
