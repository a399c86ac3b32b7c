using Search.Trainer.Photos;

namespace Search.Trainer.Tests.Photos;

public sealed class CategorySharesTests
{
    // Four rings, the first in two photos, and one watch.
    private static readonly (string, int)[] s_photos = [("rings", 1), ("rings", 1), ("rings", 2), ("rings", 3), ("rings", 4), ("watches", 9)];

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.5, 0.5)]
    [InlineData(1, 0.25)]
    public void Of_SmallCategory_GoesByItsPiecesToThePower(double exponent, double share)
    {
        var shares = CategoryShares.Of(s_photos, exponent);
        Assert.Equal(1, shares["rings"]);
        Assert.Equal(share, shares["watches"], 1e-12);
    }
}
