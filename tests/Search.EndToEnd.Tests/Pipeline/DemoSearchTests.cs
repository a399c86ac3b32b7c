using System.Globalization;
using Search.EndToEnd.Tests.Fixtures;

namespace Search.EndToEnd.Tests.Pipeline;

/// <summary>A newcomer's first searches, over the catalogue that ships.</summary>
public sealed class DemoSearchTests(DemoStandalone demo)
{
    [Fact]
    public async Task EveryItem_EndsIndexed()
    {
        var service = await demo.GetAsync();
        Assert.Equal(DemoCatalogue.Items.Count, await service.CountAsync("indexed"));
        Assert.Equal(0, await service.CountAsync("failed"));
    }

    /// <summary>The views were never seen by the service. Floors lie a little under what the committed model reaches (models/README.md).</summary>
    [Fact]
    public async Task AnotherViewOfAPiece_FindsItsCategory_AndOftenThePieceItself()
    {
        var service = await demo.GetAsync();
        var category = DemoCatalogue.Items.ToDictionary(i => (string)i["id"]!, i => (string)i["category"]!);
        int first = 0, ten = 0, sameCategory = 0;
        foreach (var (path, itemId) in DemoCatalogue.Queries)
        {
            var (status, answer) = await service.SearchAsync(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken), ("k", "10"));
            Assert.Equal(200, status);
            var ids = answer.ItemIds();
            first += ids[0] == itemId ? 1 : 0;
            ten += ids.Contains(itemId) ? 1 : 0;
            sameCategory += category[ids[0]] == category[itemId] ? 1 : 0;
        }

        var n = (double)DemoCatalogue.Queries.Count;
        TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture, $"piece@1 {first / n:F3}, piece@10 {ten / n:F3}, category@1 {sameCategory / n:F3}"));
        Assert.True(first / n >= Floors.PieceAt1, $"piece@1 {first / n:F3}");
        Assert.True(ten / n >= Floors.PieceAt10, $"piece@10 {ten / n:F3}");
        Assert.True(sameCategory / n >= Floors.CategoryAt1, $"category@1 {sameCategory / n:F3}");
    }

    [Fact]
    public async Task ACataloguePicture_FindsItself_AndTheSameRequestGivesTheSameAnswer()
    {
        var service = await demo.GetAsync();
        var item = DemoCatalogue.Items[7];
        var picture = await File.ReadAllBytesAsync(Path.Combine(DemoCatalogue.Folder, (string)item["images"]![0]!["path"]!), TestContext.Current.CancellationToken);

        var (_, once) = await service.SearchAsync(picture);
        var (_, again) = await service.SearchAsync(picture);

        Assert.Equal((string)item["id"]!, once.ItemIds()[0]);
        Assert.Equal(1.0, (double)once["results"]![0]!["score"]!, 0.001);
        Assert.Equal(once["results"]!.ToJsonString(), again["results"]!.ToJsonString());
        Assert.Equal(20, once.ItemIds().Count);
        Assert.Equal(once.ItemIds().Distinct(), once.ItemIds());
    }

    [Fact]
    public async Task AFilter_GivesOnlyWhatPasses_AndAsManyAsAskedFor()
    {
        var service = await demo.GetAsync();
        var picture = await File.ReadAllBytesAsync(DemoCatalogue.Queries[0].Path, TestContext.Current.CancellationToken);
        var watches = DemoCatalogue.Items.Count(i => (string)i["category"]! == "watches");

        var (status, answer) = await service.SearchAsync(picture, ("k", "200"), ("filter", """{"category":"watches"}"""));

        Assert.Equal(200, status);
        Assert.All(answer["results"]!.AsArray(), r => Assert.Equal("watches", (string)r!["item"]!["category"]!));
        // Folding near duplicates may take a few out, never most.
        Assert.InRange(answer.ItemIds().Count, watches * 0.8, watches);
    }

    [Fact]
    public async Task MoreLikeThis_LeavesOutTheItemItself()
    {
        var service = await demo.GetAsync();
        var id = (string)DemoCatalogue.Items[3]["id"]!;

        var answer = await service.GetAsync($"/v1/items/{id}/similar?k=5");

        Assert.Equal(5, answer.ItemIds().Count);
        Assert.DoesNotContain(id, answer.ItemIds());
    }

    [Fact]
    public async Task EveryImageUrlOfAnAnswer_IsServed()
    {
        var service = await demo.GetAsync();
        var (_, answer) = await service.SearchAsync(await File.ReadAllBytesAsync(DemoCatalogue.Queries[1].Path, TestContext.Current.CancellationToken), ("k", "5"));

        foreach (var result in answer["results"]!.AsArray())
        {
            using var response = await service.Http.GetAsync(new Uri((string)result!["item"]!["imageUrl"]!, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal("image/jpeg", response.Content.Headers.ContentType?.MediaType);
        }
    }
}
