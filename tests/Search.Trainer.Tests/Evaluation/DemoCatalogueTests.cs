using Search.Testing;
using Search.Trainer.Evaluation;

namespace Search.Trainer.Tests.Evaluation;

public sealed class DemoCatalogueTests
{
    [Fact]
    public void Read_TheShippedDemo_HasEveryProductPictureAndQuery()
    {
        var demo = DemoCatalogue.Read(Path.Combine(Repository.Root, "demo"));
        Assert.Equal((160, 480, 160), (demo.Items.Count, demo.ImageItems.Count, demo.QueryItems.Count));
        Assert.All(demo.Items, i => Assert.Equal(i.Category, i.Attributes["category"]));
        Assert.All(demo.Items, i => Assert.DoesNotContain("carat", i.Attributes.Keys));
    }

    [Theory]
    [InlineData("{\"id\":\"a\"}")]
    [InlineData("{\"id\":")]
    [InlineData("{\"id\":\"a\",\"category\":\"rings\",\"attributes\":[],\"images\":[]}")]
    [InlineData("[]")]
    public void Read_BrokenLine_IsNamed(string line)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["catalogue.ndjson"], "\n" + line);
        File.WriteAllText(folder["queries.ndjson"], "");
        var error = Assert.Throws<TrainerException>(() => DemoCatalogue.Read(folder.Path));
        Assert.Contains("line 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_QueryOfAnUnknownProduct_IsNamed()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["catalogue.ndjson"], "");
        File.WriteAllText(folder["queries.ndjson"], "{\"image\":\"a.jpg\",\"itemId\":\"gone\"}");
        Assert.Contains("line 1", Assert.Throws<TrainerException>(() => DemoCatalogue.Read(folder.Path)).Message, StringComparison.Ordinal);
    }
}
