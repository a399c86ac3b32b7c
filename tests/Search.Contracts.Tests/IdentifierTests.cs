using CsCheck;

namespace Search.Contracts.Tests;

public sealed class IdentifierTests
{
    [Theory]
    [InlineData("ring-1", true)]
    [InlineData("a", true)]
    [InlineData("A.b_c:d-9", true)]
    [InlineData("", false)]
    [InlineData("-a", false)]
    [InlineData("a/b", false)]
    [InlineData("../a", false)]
    [InlineData("a b", false)]
    [InlineData("é", false)]
    [InlineData("a\n", false)]
    [InlineData(null, false)]
    public void ItemId_FollowsItsRule(string? id, bool valid)
    {
        Assert.Equal(valid, ItemId.IsValid(id));
        if (!valid)
            Assert.Equal(400, Assert.Throws<ServiceProblemException>(() => ItemId.Require(id)).Problem.Status);
    }

    [Fact]
    public void ItemId_OfMoreThan128Characters_IsNone()
    {
        Assert.True(ItemId.IsValid(new string('a', 128)));
        Assert.False(ItemId.IsValid(new string('a', 129)));
    }

    [Fact]
    public void ImageKey_ReadsBackWhatItMade() =>
        Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 1, 40], Gen.Int.NonNegative).Sample((item, number) =>
            ImageKey.Parse(ImageKey.Create(item, number)) == (item, number));

    [Theory]
    [InlineData("a")]
    [InlineData("/1")]
    [InlineData("a/")]
    [InlineData("a/-1")]
    [InlineData("a/x")]
    public void ImageKey_ThatIsNone_IsRefused(string key)
    {
        Assert.False(ImageKey.IsValid(key));
        Assert.True(ImageKey.IsValid("a/1"));
        Assert.Throws<FormatException>(() => ImageKey.Parse(key));
    }

    [Theory]
    [InlineData("jewelry@1.0.0+0123456789abcdef", true)]
    [InlineData("jewelry@1.0.0", false)]
    [InlineData("Jewelry@1.0.0+0123456789abcdef", false)]
    [InlineData("jewelry@1.0.0+0123", false)]
    [InlineData("../x@1+0123456789abcdef", false)]
    [InlineData("", false)]
    public void ModelId_FollowsItsForm(string id, bool valid)
    {
        Assert.Equal(valid, EmbeddingModelId.IsValid(id));
        if (!valid)
            Assert.Throws<ArgumentException>(() => new EmbeddingModelId(id));
    }

    [Fact]
    public void ContentHash_IsTheKnownSha256()
    {
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", ContentHash.Of("abc"u8));
        Assert.True(ContentHash.IsValid(ContentHash.Of([])));
        Assert.False(ContentHash.IsValid(ContentHash.Of([]).ToUpperInvariant()));
    }
}
