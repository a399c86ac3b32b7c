using System.Net;
using System.Net.Http.Json;
using System.Text;
using Search.Contracts.Catalogue;
using Search.Contracts.Messages;
using Search.Indexing.Tests.Playing;
using Search.Testing;
using Search.Testing.Images;

namespace Search.Indexing.Tests.Items;

public sealed class PutItemTests
{
    [Fact]
    public async Task Put_NewItem_IsAcceptedWithItsStatusUrlAndEndsIndexed()
    {
        await using var host = await IndexingHost.StartAsync();
        using var response = await host.PutAsync("ring-1", Requests.Metadata(), Pictures.Jpeg(1));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("/v1/items/ring-1", response.Headers.Location!.ToString());
        var body = await response.JsonAsync();
        Assert.Equal("ring-1", body.GetProperty("id").GetString());
        Assert.Equal("/v1/items/ring-1", body.GetProperty("statusUrl").GetString());
        await host.IndexedAsync(1);
        Assert.Equal("indexed", await host.StateAsync("ring-1"));
    }

    [Fact]
    public async Task Put_NewItem_ReadersLearnOfItOnceWithAllTheyNeed()
    {
        await using var host = await IndexingHost.StartAsync();
        var picture = Pictures.Jpeg(1);
        await host.PutAcceptedAsync("ring-1", Requests.Metadata(), picture);
        await Wait.UntilAsync(() => host.Neighbours.Known.ContainsKey("ring-1"));

        var item = host.Neighbours.Known["ring-1"];
        Assert.Equal(("Ring", "rings", 10.0), (item.Title, item.Category, item.Price));
        Assert.Equal(AttributeValue.Of("gold"), item.Attributes["metal"]);
        Assert.Equal(AttributeValue.Of(18), item.Attributes["carat"]);
        var image = Assert.Single(item.Images);
        Assert.Equal(Contracts.ContentHash.Of(picture), image.ContentHash);
        Assert.Equal(Neighbours.PerceptualHash(image.ContentHash), image.PerceptualHash);
        Assert.Equal(ImageState.Indexed, image.State);
        Assert.Equal(1, host.Neighbours.Count<ItemChanged>());
    }

    [Fact]
    public async Task Put_SameContentAgain_DoesNoWorkAndKeepsTheRevision()
    {
        await using var host = await IndexingHost.StartAsync();
        await host.PutAcceptedAsync("ring-1", Requests.Metadata(), Pictures.Jpeg(1), Pictures.Jpeg(2));
        await host.IndexedAsync(1);
        var before = await host.AskAsync<GetItem, ItemDocument>(new GetItem { ItemId = "ring-1" });

        await host.PutAcceptedAsync("ring-1", Requests.Metadata(), Pictures.Jpeg(1), Pictures.Jpeg(2));

        var after = await host.AskAsync<GetItem, ItemDocument>(new GetItem { ItemId = "ring-1" });
        Assert.Equal(before.Revision, after.Revision);
        Assert.Equal(2, host.Neighbours.Count<ImageAccepted>());
    }

    [Fact]
    public async Task Put_AttributesInAnotherOrder_IsTheSameContent()
    {
        await using var host = await IndexingHost.StartAsync();
        await host.PutAcceptedAsync("ring-1", new { title = "t", category = "c", attributes = new { a = "1", b = 2 } }, Pictures.Jpeg(1));
        await host.IndexedAsync(1);
        var before = await host.AskAsync<GetItem, ItemDocument>(new GetItem { ItemId = "ring-1" });
        await host.PutAcceptedAsync("ring-1", new { category = "c", title = "t", attributes = new { b = 2.0, a = "1" } });
        Assert.Equal(before.Revision, (await host.AskAsync<GetItem, ItemDocument>(new GetItem { ItemId = "ring-1" })).Revision);
    }

    [Fact]
    public async Task Put_WithoutPictures_ChangesMetadataAloneAndReadersHear()
    {
        await using var host = await IndexingHost.StartAsync();
        await host.PutAcceptedAsync("ring-1", Requests.Metadata(), Pictures.Jpeg(1));
        await host.IndexedAsync(1);
        await host.PutAcceptedAsync("ring-1", Requests.Metadata(title: "Better ring", visibility: "private"));

        await Wait.UntilAsync(() => host.Neighbours.Known.GetValueOrDefault("ring-1") is { Title: "Better ring", Visibility: ItemVisibility.Private });
        Assert.Equal("indexed", await host.StateAsync("ring-1"));
        Assert.Equal(1, host.Neighbours.Count<ImageAccepted>());
    }

    [Fact]
    public async Task Put_OtherPictures_SendsOnlyThoseThatDifferAndRemovesThoseThatAreGone()
    {
        await using var host = await IndexingHost.StartAsync();
        await host.PutAcceptedAsync("ring-1", Requests.Metadata(), Pictures.Jpeg(1), Pictures.Jpeg(2), Pictures.Jpeg(3));
        await host.IndexedAsync(1);
        await host.PutAcceptedAsync("ring-1", Requests.Metadata(), Pictures.Jpeg(1), Pictures.Jpeg(4));
        await Wait.UntilAsync(() => host.Neighbours.Count<ImagesRemoved>() == 1);
        await host.IndexedAsync(1);

        Assert.Equal([0, 1, 1, 2], host.Neighbours.Of<ImageAccepted>().Select(e => e.ImageNumber).Order());
        Assert.Equal([2], host.Neighbours.Of<ImagesRemoved>().Single().ImageNumbers);
        Assert.Equal(["ring-1/0", "ring-1/1"], host.Neighbours.Collection.Keys.Order());
        Assert.Equal(2, (await host.GetJsonAsync("/v1/items/ring-1")).GetProperty("images").GetArrayLength());
    }

    [Fact]
    public async Task Put_NewItemWithoutPicture_Is400()
    {
        await using var host = await IndexingHost.StartAsync();
        using var response = await host.PutAsync("ring-1", Requests.Metadata());
        var problem = await response.ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Contains("at least one picture", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_MorePicturesThanAllowed_Is400AndKeepsNothing()
    {
        await using var host = await IndexingHost.StartAsync(settings: ("Indexing:MaxImagesPerItem", "2"));
        using var response = await host.PutAsync("ring-1", Requests.Metadata(), Pictures.Jpeg(1), Pictures.Jpeg(2), Pictures.Jpeg(3));
        await response.ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Equal(0, (await host.StatusAsync()).Total);
    }

    [Fact]
    public async Task Put_EveryHostileFile_GetsItsOwnStatusAndNoneLeavesABlob()
    {
        await using var host = await IndexingHost.StartAsync();
        var (wrong, kept) = (new List<string>(), new HashSet<string>());
        foreach (var (image, i) in HostileImages.All.Select((image, i) => (image, i)))
        {
            using var response = await host.PutAsync($"hostile-{i}", Requests.Metadata(), image.Bytes);
            if (!image.Allows((int)response.StatusCode))
                wrong.Add($"{image.Name}: {(int)response.StatusCode}, not {image.ExpectedStatus}");
            if (response.IsSuccessStatusCode)
                kept.Add(Contracts.ContentHash.Of(image.Bytes));
        }
        Assert.Empty(wrong);
        Assert.Equal(kept.Count, host.BlobCount());
    }

    [Fact]
    public async Task Put_FileOverTheByteLimit_Is413()
    {
        await using var host = await IndexingHost.StartAsync(settings: ("Indexing:MaxImageBytes", "500"));
        using var response = await host.PutAsync("ring-1", Requests.Metadata(), Pictures.Jpeg(1));
        await response.ProblemAsync(HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData("{\"title\":\"t\"}", "'category' is missing")]
    [InlineData("{\"category\":\"c\"}", "'title' is missing")]
    [InlineData("{\"title\":\" \",\"category\":\"c\"}", "must not be blank")]
    [InlineData("{\"title\":7,\"category\":\"c\"}", "'title' must be a string")]
    [InlineData("{\"title\":\"t\",\"category\":\"c\",\"colour\":\"red\"}", "'colour' is not a field")]
    [InlineData("{\"title\":\"t\",\"category\":\"c\",\"price\":-1}", "must not be negative")]
    [InlineData("{\"title\":\"t\",\"category\":\"c\",\"price\":1e999}", "finite number")]
    [InlineData("{\"title\":\"t\",\"category\":\"c\",\"price\":\"1\"}", "finite number")]
    [InlineData("{\"title\":\"t\",\"category\":\"c\",\"visibility\":\"secret\"}", "public, private or unpublished")]
    [InlineData("{\"title\":\"t\",\"category\":\"c\",\"attributes\":[]}", "must be an object")]
    [InlineData("{\"title\":\"t\",\"category\":\"c\",\"attributes\":{\"a\":true}}", "'attributes.a' must be a string or a number")]
    [InlineData("{\"title\":\"t\",\"category\":\"c\",\"attributes\":{\"a\":null}}", "'attributes.a' must be a string or a number")]
    [InlineData("{\"title\":\"t\",\"category\":\"c\",\"attributes\":{\"\":1}}", "must not be blank")]
    [InlineData("{\"title\":\"t\",\"title\":\"u\",\"category\":\"c\"}", "not valid JSON")]
    [InlineData("{\"title\":\"t\\u0000\",\"category\":\"c\"}", "control characters")]
    [InlineData("{\"title\":\"\\ud800\",\"category\":\"c\"}", "not valid Unicode")]
    [InlineData("[]", "must be a JSON object")]
    [InlineData("{\"title\":", "not valid JSON")]
    [InlineData("", "not valid JSON")]
    public async Task Put_BadMetadata_Is400AndSaysWhatIsWrong(string metadata, string expected)
    {
        await using var host = await IndexingHost.StartAsync();
        using var form = Requests.Form(null, Pictures.Jpeg(1));
        form.Add(new StringContent(metadata, Encoding.UTF8), "metadata");
        using var response = await host.Http.PutAsync("/v1/items/ring-1", form, TestContext.Current.CancellationToken);
        var problem = await response.ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Contains(expected, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, (await host.StatusAsync()).Total);
    }

    [Fact]
    public async Task Put_MetadataAtItsLimits_IsAcceptedAndOneBeyondIsNot()
    {
        await using var host = await IndexingHost.StartAsync();
        static object Metadata(int title = 300, int category = 100, int attributes = 64, int name = 64, int text = 500) => new
        {
            title = new string('t', title),
            category = new string('c', category),
            attributes = Enumerable.Range(0, attributes).ToDictionary(i => $"{i:d2}".PadRight(name, 'n'), _ => new string('v', text)),
        };
        await host.PutAcceptedAsync("fits", Metadata(), Pictures.Jpeg(1));
        foreach (var beyond in new[] { Metadata(title: 301), Metadata(category: 101), Metadata(attributes: 65), Metadata(name: 65), Metadata(text: 501) })
        {
            using var response = await host.PutAsync("beyond", beyond, Pictures.Jpeg(1));
            await response.ProblemAsync(HttpStatusCode.BadRequest);
        }
    }

    [Theory]
    [InlineData("-a")]
    [InlineData("a%20b")]
    [InlineData("%2e%2e%2fetc")]
    [InlineData("a%00b")]
    [InlineData("ring%0aX-Evil:1")]
    public async Task Put_BadItemId_Is400(string id)
    {
        await using var host = await IndexingHost.StartAsync();
        using var response = await host.PutAsync(id, Requests.Metadata(), Pictures.Jpeg(1));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Put_NotAForm_Is415()
    {
        await using var host = await IndexingHost.StartAsync();
        using var response = await host.Http.PutAsync("/v1/items/ring-1", JsonContent.Create(Requests.Metadata()), TestContext.Current.CancellationToken);
        await response.ProblemAsync(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task Put_FormThatBreaksOff_Is400()
    {
        await using var host = await IndexingHost.StartAsync();
        using var whole = Requests.Form(Requests.Metadata(), Pictures.Jpeg(1));
        var bytes = await whole.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        using var half = new ByteArrayContent(bytes[..(bytes.Length / 2)]);
        half.Headers.ContentType = whole.Headers.ContentType;
        using var response = await host.Http.PutAsync("/v1/items/ring-1", half, TestContext.Current.CancellationToken);
        await response.ProblemAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Put_UnknownPart_Is400NamingIt()
    {
        await using var host = await IndexingHost.StartAsync();
        using var form = Requests.Form(Requests.Metadata(), Pictures.Jpeg(1));
        form.Add(new StringContent("x"), "picture");
        using var response = await host.Http.PutAsync("/v1/items/ring-1", form, TestContext.Current.CancellationToken);
        var problem = await response.ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Contains("'picture'", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_PictureThatTurnsOutBroken_FailsTheItemWithTheReason()
    {
        await using var host = await IndexingHost.StartAsync();
        var (good, bad) = (Pictures.Jpeg(1), Pictures.Jpeg(2));
        host.Neighbours.Broken[Contracts.ContentHash.Of(bad)] = "image-truncated";
        await host.PutAcceptedAsync("ring-1", Requests.Metadata(), good, bad);
        await Wait.UntilAsync(async () => (await host.StatusAsync()).Failed == 1);

        await Wait.UntilAsync(() => host.Neighbours.Known.GetValueOrDefault("ring-1")?.Images is [{ State: ImageState.Indexed }, { State: ImageState.Failed }]);
        var images = (await host.GetJsonAsync("/v1/items/ring-1")).GetProperty("images");
        Assert.Equal("The file ends early.", images[1].GetProperty("failure").GetString());
        Assert.False(images[0].TryGetProperty("failure", out _));
    }

    [Fact]
    public async Task Put_AfterItsBytesWereLost_StoresThemAgainAndRetries()
    {
        await using var host = await IndexingHost.StartAsync();
        var picture = Pictures.Jpeg(1);
        host.Neighbours.Broken[Contracts.ContentHash.Of(picture)] = "image-missing";
        await host.PutAcceptedAsync("ring-1", Requests.Metadata(), picture);
        await Wait.UntilAsync(async () => (await host.StatusAsync()).Failed == 1);
        Directory.Delete(host.BlobFolder, recursive: true);
        host.Neighbours.Broken.Clear();

        await host.PutAcceptedAsync("ring-1", Requests.Metadata(), picture);

        await host.IndexedAsync(1);
        Assert.Equal(1, host.BlobCount());
    }
}
