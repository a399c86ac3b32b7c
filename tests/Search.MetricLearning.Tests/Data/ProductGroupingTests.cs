using CsCheck;
using Search.MetricLearning.Data;

namespace Search.MetricLearning.Tests.Data;

public sealed class ProductGroupingTests
{
    private static readonly GroupingOptions s_options = new() { MaximumHashDistance = 6, MinimumCosine = 0.94 };

    [Fact]
    public void Group_SameBytesAnywhere_IsOnePiece() =>
        Assert.Equal([0, 0], Group(Photo("RINGS/a.jpg", "h1", 0, 0), Photo("EARRINGS/b.jpg", "h1", ulong.MaxValue, 90)));

    [Fact]
    public void Group_HashWithinTheLimit_IsOnePiece() =>
        Assert.Equal([0, 0, 2], Group(
            Photo("RINGS/a.jpg", "h1", 0b0, 0),
            Photo("RINGS/b.jpg", "h2", 0b111111, 90),
            Photo("RINGS/c.jpg", "h3", 0b1111111_000000, 180)));

    [Fact]
    public void Group_CosineAboveTheLimit_IsOnePiece() =>
        Assert.Equal([0, 0, 2], Group(
            Photo("RINGS/a.jpg", "h1", 0, 0),
            Photo("RINGS/b.jpg", "h2", ulong.MaxValue, 19), // cos 19° = 0.9455
            Photo("RINGS/c.jpg", "h3", 0xffff0000ffff0000, 40)));

    [Fact]
    public void Group_ChainOfLookAlikes_IsOnePiece() =>
        Assert.Equal([0, 0, 0], Group(
            Photo("RINGS/a.jpg", "h1", 0, 0),
            Photo("RINGS/c.jpg", "h3", 0xffff0000ffff0000, 30),
            Photo("RINGS/b.jpg", "h2", ulong.MaxValue, 15)));

    [Theory]
    [InlineData("IMG_5961.JPG", "IMG_5961 - Copy.JPG", true)]
    [InlineData("IMG_5961.JPG", "IMG_5961 - Copy (2).JPG", true)]
    [InlineData("IMG_5961.JPG", "IMG_5962.JPG", false)]
    [InlineData("G15670-03.jpg", "G15670-04.jpg", true)]
    [InlineData("JE03505-YGP900_1_lar.jpg", "JE03505-YGP900_2_lar.jpg", true)]
    [InlineData("gold-hoop.jpg_350x350.jpg", "gold-hoop-600x600.jpg", true)]
    [InlineData("ring_041.jpg", "ring_042.jpg", false)]
    [InlineData("necklace_99.jpg", "necklace_98.jpg", false)]
    [InlineData("images (7).jpeg", "images (8).jpeg", false)]
    [InlineData("IMG-20181209-WA0027.jpg", "IMG-20181209-WA0028.jpg", false)]
    public void Group_FileNames_JoinViewsAndCopiesButNotNumberedPieces(string a, string b, bool joined)
    {
        var groups = Group(Photo("RINGS/" + a, "h1", 0, 0), Photo("RINGS/" + b, "h2", ulong.MaxValue, 90));
        Assert.Equal(joined, groups[0] == groups[1]);
    }

    [Fact]
    public void Group_SameNameInAnotherFolder_IsAnotherPiece() =>
        Assert.Equal([0, 1], Group(Photo("RINGS/1.jpg", "h1", 0, 0), Photo("EARRINGS/1.jpg", "h2", ulong.MaxValue, 90)));

    [Fact]
    public void DisjointSets_AnyUnions_EqualRepeatedRelabelling() =>
        Gen.Select(Gen.Int[0, 19], Gen.Int[0, 19]).Array[0, 30].Sample(unions =>
        {
            var sets = new DisjointSets(20);
            var labels = Enumerable.Range(0, 20).ToArray();
            foreach (var (a, b) in unions)
            {
                Assert.Equal(labels[a] != labels[b], sets.Union(a, b));
                var (keep, drop) = (Math.Min(labels[a], labels[b]), Math.Max(labels[a], labels[b]));
                labels = [.. labels.Select(l => l == drop ? keep : l)];
            }
            Assert.Equal(labels, Enumerable.Range(0, 20).Select(sets.Find));
        }, seed: "0000KDy5c1M3");

    private static IReadOnlyList<int> Group(params PhotoEvidence[] photos) => ProductGrouping.Group(photos, s_options);

    private static PhotoEvidence Photo(string path, string content, ulong hash, double degrees)
    {
        var angle = degrees * Math.PI / 180;
        return new(new LabelledPhoto(path, path.Split('/')[0], content), hash, new[] { (float)Math.Cos(angle), (float)Math.Sin(angle) });
    }
}
