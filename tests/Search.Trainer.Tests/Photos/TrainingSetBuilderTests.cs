using Search.MetricLearning.Data;
using Search.Trainer.Photos;

namespace Search.Trainer.Tests.Photos;

public sealed class TrainingSetBuilderTests
{
    [Fact]
    public void Build_OfTwoSources_SharesCategoriesByName_AndKeepsPiecesStrataAndAttributesApart()
    {
        var builder = new TrainingSetBuilder(side: 1);
        builder.Add(new byte[3], "rings", "photo 1", "photos");
        builder.Add(new byte[3], "watches", "photo 2", "photos");
        builder.Add(new byte[3], "rings", "item 1", "catalogue", attributes: new Dictionary<string, string> { ["category"] = "rings", ["metal"] = "silver" });
        builder.Add(new byte[3], "rings", "item 1", "catalogue", attributes: new Dictionary<string, string> { ["category"] = "rings", ["metal"] = "silver" });
        builder.Add(new byte[3], "brooches", "item 2", "catalogue", attributes: new Dictionary<string, string> { ["metal"] = "gold", ["stone"] = "ruby" });
        var set = builder.Build();

        Assert.Equal([0, 1, 0, 0, 2], set.Categories);
        Assert.Equal([0, 1, 2, 2, 3], set.Pieces);
        Assert.Equal([0, 1, 2, 2, 3], set.Strata);
        Assert.Equal(["metal", "stone"], set.Attributes.Keys.Order());
        Assert.Equal([PhotoLabels.Unknown, PhotoLabels.Unknown, 0, 0, 1], set.Attributes["metal"]);
        Assert.Equal([PhotoLabels.Unknown, PhotoLabels.Unknown, PhotoLabels.Unknown, PhotoLabels.Unknown, 0], set.Attributes["stone"]);
        Assert.Equal(set.Pieces, set.Groups);
    }

    [Fact]
    public void Build_PiecesWhoseCategoryIsNoLabel_HaveNone_AndStillTheirPlacesInABatch()
    {
        var builder = new TrainingSetBuilder(side: 1);
        builder.Add(new byte[3], "rings", "photo 1", "photos", group: "photos 1");
        builder.Add(new byte[3], "brooches", "item 1", "catalogue", isLabel: false);
        builder.Add(new byte[3], "rings", "photo 2", "photos", group: "photos 1");
        builder.Add(new byte[3], "watches", "item 2", "catalogue", isLabel: false);
        var set = builder.Build();

        Assert.Equal([0, PhotoLabels.Unknown, 0, PhotoLabels.Unknown], set.Categories);
        Assert.Equal([0, 1, 0, 2], set.Strata);
        Assert.Equal([0, 1, 2, 3], set.Pieces);
        Assert.Equal([0, 1, 0, 2], set.Groups);
    }
}
