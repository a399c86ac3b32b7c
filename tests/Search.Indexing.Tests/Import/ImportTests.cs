using System.Net;
using System.Text;
using System.Text.Json;
using Search.Contracts;
using Search.Contracts.Catalogue;
using Search.Contracts.Messages;
using Search.Indexing.Import;
using Search.Indexing.Tests.Playing;
using Search.Testing;

namespace Search.Indexing.Tests.Import;

public sealed class ImportTests
{
    [Fact]
    public async Task Import_ManyLines_AllEndIndexedWithAboutOneAnnouncementEach()
    {
        await using var host = await IndexingHost.StartAsync();
        using var response = await host.ImportAsync(Enumerable.Range(0, 500).Select(i => Requests.Line($"ring-{i}", Pictures.Jpeg(i))));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var report = await response.JsonAsync();
        Assert.Equal(500, report.GetProperty("accepted").GetInt32());
        Assert.Equal("/v1/status", report.GetProperty("statusUrl").GetString());
        await host.IndexedAsync(500);
        await Wait.UntilAsync(() => host.Neighbours.Known.Count == 500);
        Assert.Equal(500, host.Neighbours.Count<ImageAccepted>());
        Assert.InRange(host.Neighbours.Count<ItemChanged>(), 500, 550);
    }

    [Fact]
    public async Task Import_SameLinesAgain_AreUnchangedAndCostNothing()
    {
        await using var host = await IndexingHost.StartAsync();
        string[] lines = [.. Enumerable.Range(0, 50).Select(i => Requests.Line($"ring-{i}", Pictures.Jpeg(i)))];
        using var first = await host.ImportAsync(lines);
        await host.IndexedAsync(50);
        var revision = await LastRevisionAsync(host);

        using var second = await host.ImportAsync(lines);

        Assert.Equal((0, 50, 0), await second.CountsAsync());
        Assert.Equal(50, host.Neighbours.Count<ImageAccepted>());
        Assert.Equal(revision, await LastRevisionAsync(host));
    }

    [Fact]
    public async Task Import_GoodAndBadLines_TakesTheGoodAndNamesTheBad()
    {
        await using var host = await IndexingHost.StartAsync();
        using var response = await host.ImportAsync(
            Requests.Line("good-1", Pictures.Jpeg(1)),
            "this is no JSON",
            "",
            """{"title":"no id","category":"c"}""",
            """{"id":"../bad","title":"t","category":"c"}""",
            """{"id":"no-picture","title":"t","category":"c"}""",
            """{"id":"unknown-field","title":"t","category":"c","color":"red"}""",
            """{"id":"no-list","title":"t","category":"c","images":{}}""",
            """{"id":"empty-list","title":"t","category":"c","images":[]}""",
            """{"id":"two-sources","title":"t","category":"c","images":[{"path":"a","data":""}]}""",
            """{"id":"bad-base64","title":"t","category":"c","images":[{"data":"***"}]}""",
            """{"id":"no-image","title":"t","category":"c","images":[{"data":"AAAA"}]}""",
            """{"id":"no-upload","title":"t","category":"c","images":[{"uploadId":"none"}]}""",
            """{"id":"url","title":"t","category":"c","images":[{"url":"http://127.0.0.1/x.jpg"}]}""",
            Requests.Line("good-2", Pictures.Jpeg(2)));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal((2, 0, 12), await response.CountsAsync());
        var errors = (await response.JsonAsync()).GetProperty("errors").EnumerateArray().ToList();
        Assert.Equal([2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14], errors.Select(e => e.GetProperty("line").GetInt32()).Order());
        Assert.All(errors, e => Assert.NotEmpty(e.GetProperty("detail").GetString()!));
        var noImage = errors.Single(e => e.GetProperty("id").GetString() == "no-image");
        Assert.Equal((415, 12), (noImage.GetProperty("status").GetInt32(), noImage.GetProperty("line").GetInt32()));
        await host.IndexedAsync(2);
    }

    [Fact]
    public async Task Import_NothingTaken_Is400WithTheSameReport()
    {
        await using var host = await IndexingHost.StartAsync();
        using var response = await host.ImportAsync("nonsense", "{}");
        var problem = await response.ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Equal(2, problem.GetProperty("rejected").GetInt32());
        Assert.Equal(2, problem.GetProperty("errors").GetArrayLength());
    }

    [Fact]
    public async Task Import_Empty_TakesNothingAndIsNoError()
    {
        await using var host = await IndexingHost.StartAsync();
        using var response = await host.ImportAsync("\n\n  \r\n");
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal((0, 0, 0), await response.CountsAsync());
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json")]
    public async Task Import_OtherContentType_Is415(string contentType)
    {
        await using var host = await IndexingHost.StartAsync();
        using var content = new StringContent(Requests.Line("a", Pictures.Jpeg(1)), Encoding.UTF8, contentType);
        using var response = await host.Http.PostAsync("/v1/items:import", content, TestContext.Current.CancellationToken);
        await response.ProblemAsync(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task Import_SameIdTwice_TheLaterLineWins()
    {
        await using var host = await IndexingHost.StartAsync();
        using var response = await host.ImportAsync(Requests.Line("a", Pictures.Jpeg(1), "first"), Requests.Line("a", Pictures.Jpeg(2), "second"));
        Assert.Equal((2, 0, 0), await response.CountsAsync());
        await host.IndexedAsync(1);
        Assert.Equal("second", (await host.GetJsonAsync("/v1/items/a")).GetProperty("title").GetString());
        await Wait.UntilAsync(() => host.BlobCount() == 1);
    }

    [Fact]
    public async Task Import_WithoutImages_ChangesMetadataOfAnItem()
    {
        await using var host = await IndexingHost.StartAsync();
        await host.PutAcceptedAsync("a", Requests.Metadata(), Pictures.Jpeg(1));
        using var response = await host.ImportAsync("""{"id":"a","title":"new","category":"c"}""");
        Assert.Equal((1, 0, 0), await response.CountsAsync());
        Assert.Equal("new", (await host.GetJsonAsync("/v1/items/a")).GetProperty("title").GetString());
    }

    [Fact]
    public async Task Import_LineOverTheLimit_IsRefusedAloneWith413()
    {
        await using var host = await IndexingHost.StartAsync(settings: ("Indexing:MaxImportLineBytes", "4096"));
        var longLine = $$"""{"id":"long","title":"{{new string('x', 100_000)}}","category":"c"}""";
        using var response = await host.ImportAsync(Requests.Line("a", Pictures.Jpeg(1)), longLine, Requests.Line("b", Pictures.Jpeg(2)));
        Assert.Equal((2, 0, 1), await response.CountsAsync());
        var error = (await response.JsonAsync()).GetProperty("errors")[0];
        Assert.Equal((2, 413), (error.GetProperty("line").GetInt32(), error.GetProperty("status").GetInt32()));
    }

    [Fact]
    public async Task Import_PictureWhoseHeaderAloneIsGood_IsAcceptedAndThenFails()
    {
        await using var host = await IndexingHost.StartAsync();
        var whole = Pictures.Jpeg(1, 400, 400);
        var half = whole[..(whole.Length / 2)];
        host.Neighbours.Broken[ContentHash.Of(half)] = "image-truncated";
        using var response = await host.ImportAsync(Requests.Line("a", half));
        Assert.Equal((1, 0, 0), await response.CountsAsync());
        await Wait.UntilAsync(async () => await host.StateAsync("a") == "failed");
    }

    [Fact]
    public async Task Import_ManyErrors_ReportsTheFirstThousand()
    {
        await using var host = await IndexingHost.StartAsync();
        using var response = await host.ImportAsync(Enumerable.Repeat("x", 1500).Append(Requests.Line("a", Pictures.Jpeg(1))));
        Assert.Equal((1, 0, 1500), await response.CountsAsync());
        Assert.Equal(ImportReport.MaxErrors, (await response.JsonAsync()).GetProperty("errors").GetArrayLength());
    }

    [Fact]
    public async Task Import_EachLine_IsOneTraceUpToItsAnnouncement()
    {
        await using var host = await IndexingHost.StartAsync();
        using var response = await host.ImportAsync(Enumerable.Range(0, 20).Select(i => Requests.Line($"ring-{i}", Pictures.Jpeg(i))));
        await Wait.UntilAsync(() => host.Neighbours.Known.Count == 20);

        var byItem = host.Neighbours.Traces.GroupBy(t => t.ItemId, t => t.Trace).ToList();
        Assert.All(byItem, item => Assert.Single(item.Distinct()));
        Assert.Equal(20, byItem.Select(item => item.First()).Distinct().Count());
    }

    [Fact]
    public async Task Import_TenThousandLinesWithNobodyEmbedding_WaitOnDiskAndNotInQueues()
    {
        var neighbours = new Neighbours { Works = false };
        await using var host = await IndexingHost.StartAsync(neighbours: neighbours, settings: ("Indexing:MaxPicturesInFlight", "100"));
        var picture = Pictures.Jpeg(1);
        using var response = await host.ImportAsync(Enumerable.Range(0, 10_000).Select(i => Requests.Line($"ring-{i}", picture)));

        Assert.Equal((10_000, 0, 0), await response.CountsAsync());
        await Wait.UntilAsync(() => neighbours.Count<ImageAccepted>() == 100 && Unpublished() == 9_900);
        Assert.Equal(1, host.BlobCount());

        // Each answer makes room for just one more.
        await neighbours.SendAsync(Neighbours.Embedded(neighbours.Of<ImageAccepted>().First()));
        await Wait.UntilAsync(() => neighbours.Count<ImageAccepted>() == 101 && Unpublished() == 9_899);

        // An event is out a moment before its row says so.
        long Unpublished() => host.Catalogue.Read(session => session.Images.CountUnpublished());
    }

    [Fact]
    public async Task Upload_ThenImportById_UsesThePicture()
    {
        await using var host = await IndexingHost.StartAsync();
        var picture = Pictures.Jpeg(1);
        using var raw = await host.Http.PostAsync("/v1/uploads", new ByteArrayContent(picture), TestContext.Current.CancellationToken);
        using var form = await host.Http.PostAsync("/v1/uploads", Requests.Form(null, Pictures.Jpeg(2)), TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (raw.StatusCode, form.StatusCode));
        var ids = new[] { (await raw.JsonAsync()).GetProperty("uploadId").GetString(), (await form.JsonAsync()).GetProperty("uploadId").GetString() };

        using var response = await host.ImportAsync(JsonSerializer.Serialize(
            new { id = "a", title = "t", category = "c", images = ids.Select(uploadId => new { uploadId }) }));

        Assert.Equal((1, 0, 0), await response.CountsAsync());
        await host.IndexedAsync(1);
        var item = await host.AskAsync<GetItem, ItemDocument>(new GetItem { ItemId = "a" });
        Assert.Equal([ContentHash.Of(picture), ContentHash.Of(Pictures.Jpeg(2))], item.Images.Select(i => i.ContentHash));
    }

    [Fact]
    public async Task Upload_NotAPicture_Is415AndAnEmptyOneIs400()
    {
        await using var host = await IndexingHost.StartAsync();
        using var text = await host.Http.PostAsync("/v1/uploads", new ByteArrayContent("hello"u8.ToArray()), TestContext.Current.CancellationToken);
        await text.ProblemAsync(HttpStatusCode.UnsupportedMediaType);
        using var empty = await host.Http.PostAsync("/v1/uploads", new ByteArrayContent([]), TestContext.Current.CancellationToken);
        await empty.ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Equal(0, host.BlobCount());
    }

    private static async Task<long> LastRevisionAsync(IndexingHost host)
    {
        var changes = await host.AskAsync<ListItemChanges, ItemChanges>(new ListItemChanges { AfterRevision = 0, Limit = 1000 });
        return changes.LastRevision;
    }
}
