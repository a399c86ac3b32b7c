using Search.MetricLearning.Augmentation;
using Search.MetricLearning.Augmentation.Clutter;

namespace Search.MetricLearning.Tests.Augmentation;

public sealed class ShopperPhotoTests
{
    private const int Side = 96;

    [Fact]
    public void Write_SameSeed_GivesTheSamePhotoAndAnotherSeedAnother()
    {
        Assert.Equal(View(Ring(), seed: 4), View(Ring(), seed: 4));
        Assert.NotEqual(View(Ring(), seed: 4), View(Ring(), seed: 5));
    }

    [Fact]
    public void Write_RingOnWhite_LeavesNoWhiteButTheLight()
    {
        // Dark clutter and no brightening: what is still white in the view was not cut out.
        var view = View(Ring(), seed: 3, new ShopperPhotoOptions { Brightest = 0.6, ColourCast = 0, Noise = 0 });
        Assert.DoesNotContain(view, channel => channel > 250);
    }

    [Fact]
    public void Write_NoCrop_ShowsThePieceInTheAskedSize()
    {
        var options = new ShopperPhotoOptions
        {
            Clutter = ClutterFamily.Evaluation, CornerShift = 0, Rotation = 0, Cropped = 0, SmallestPiece = 0.7, LargestPiece = 0.7,
            Darkest = 1, Brightest = 1, ColourCast = 0, Blur = 0, Noise = 0, LowestQuality = 100, HighestQuality = 100,
        };
        var cutout = PieceCutout.Of(Disc(radius: 15, grey: 0), Side);
        Assert.Equal(new PixelBox(33, 33, 63, 63), cutout.Box);

        var map = Pose.Of(cutout, 200, options, new Random(2));
        var corners = new[] { map.Map(0, 0), map.Map(200, 0), map.Map(0, 200) };
        // 140 of 200 pixels show the 31 of the disc, all of them inside.
        Assert.Equal(31 * 200 / 140.0, corners[1].X - corners[0].X, 1e-3);
        Assert.Equal(31 * 200 / 140.0, corners[2].Y - corners[0].Y, 1e-3);
        Assert.InRange(corners[0].X, 64 - 31 * 200 / 140.0 - 1e-3, 33 + 1e-3);
    }

    [Fact]
    public void Cutout_RingOnWhite_IsTheRingWithItsHoleOpen()
    {
        var cutout = PieceCutout.Of(Ring(), Side);
        Assert.True(cutout.IsCutOut);
        Assert.Equal(0, cutout.CoverageAt(0));
        Assert.Equal(0, cutout.CoverageAt(Side / 2 * Side + Side / 2));
        Assert.Equal(1, cutout.CoverageAt(Side / 2 * Side + Side / 2 + 24));
        var area = Math.PI * (30 * 30 - 18 * 18);
        Assert.InRange(Enumerable.Range(0, Side * Side).Sum(cutout.CoverageAt), 0.93 * area, 1.07 * area);
        Assert.Equal((61, 61), (cutout.Box.Width, cutout.Box.Height));
    }

    [Fact]
    public void Cutout_HighlightThatTouchesTheBackground_StaysInThePiece()
    {
        // A grey disc with a near-white cap at its rim, like a pearl lit from above: the gap to the white is 3 pixels wide.
        var picture = Disc(radius: 30, grey: 140);
        for (var y = Side / 2 - 30; y < Side / 2 - 6; y++)
            for (var x = Side / 2 - 1; x <= Side / 2 + 1; x++)
                picture.AsSpan(3 * (y * Side + x), 3).Fill(248);
        var cutout = PieceCutout.Of(picture, Side);
        Assert.Equal(1, cutout.CoverageAt((Side / 2 - 12) * Side + Side / 2));
    }

    [Fact]
    public void Cutout_SoftEdge_HasNoBrightRim()
    {
        // Half covered by black: the mixture with white is grey, its piece is black.
        var picture = Disc(radius: 20, grey: 0);
        var cutout = PieceCutout.Of(picture, Side);
        for (var i = 0; i < Side * Side; i++)
            Assert.InRange((int)cutout.Pixels[4 * i], 0, 1);
    }

    [Fact]
    public void Cutout_NoStudio_IsTheWholePhotoWithoutItsBands()
    {
        var random = new Random(1);
        var picture = new byte[3 * Side * Side];
        random.NextBytes(picture);
        picture.AsSpan(0, 3 * Side * 20).Fill(255);
        picture.AsSpan(3 * Side * (Side - 20)).Fill(255);
        var cutout = PieceCutout.Of(picture, Side);
        Assert.False(cutout.IsCutOut);
        Assert.Equal(new PixelBox(0, 20, Side - 1, Side - 21), cutout.Box);
    }

    [Theory]
    [InlineData(255)]
    [InlineData(0)]
    public void Write_PictureOfOneColour_StillGivesAView(byte grey)
    {
        var picture = new byte[3 * Side * Side];
        picture.AsSpan().Fill(grey);
        Assert.Equal(3 * 64 * 64, View(picture, seed: 1).Length);
    }

    [Fact]
    public void Write_AnySurface_IsPaintedWithoutFlatsOrFailure()
    {
        foreach (var family in new[] { ClutterFamily.Evaluation, ClutterFamily.Training })
            for (var seed = 0; seed < 12; seed++)
            {
                var picture = new byte[3 * 48 * 48];
                family.Paint(picture, 48, new Random(seed));
                Assert.True(picture.Distinct().Count() > 16, $"{family.Name} {seed} has {picture.Distinct().Count()} levels");
            }
    }

    [Fact]
    public void SeedOf_AnotherPhotoViewOrSeed_IsAnother()
    {
        int[] seeds = [ShopperPhoto.SeedOf("a", 1), ShopperPhoto.SeedOf("b", 1), ShopperPhoto.SeedOf("a", 2), ShopperPhoto.SeedOf("a", 1, 1)];
        Assert.Equal(4, seeds.Distinct().Count());
        Assert.Equal(seeds[0], ShopperPhoto.SeedOf("a", 1, 0));
    }

    [Fact]
    public void Homography_FourCorners_MapOntoEachOther()
    {
        System.Numerics.Vector2[] from = [new(0, 0), new(10, 1), new(11, 12), new(-1, 9)], to = [new(3, 3), new(40, 5), new(35, 30), new(2, 38)];
        var map = Homography.Between(from, to)!.Value;
        for (var i = 0; i < 4; i++)
            Assert.InRange((map.Map(from[i].X, from[i].Y) - to[i]).Length(), 0, 1e-4);
        Assert.Null(Homography.Between([new(0, 0), new(1, 1), new(2, 2), new(3, 3)], to));
    }

    [Fact]
    public void Options_OutOfRange_AreNamedTogether()
    {
        var error = Assert.Throws<ArgumentException>(() => new ShopperPhoto(new ShopperPhotoOptions { CornerShift = 0.5, LowestQuality = 90, Darkest = double.NaN }));
        Assert.All((List<string>)["cornerShift", "lowestQuality", "darkest"], name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
    }

    private static byte[] View(byte[] source, int seed, ShopperPhotoOptions? options = null)
    {
        var view = new byte[3 * 64 * 64];
        new ShopperPhoto(options ?? new()).Write(source, Side, view, 64, new Random(seed));
        return view;
    }

    /// <summary>A dark ring from radius 18 to 30 on white.</summary>
    private static byte[] Ring()
    {
        var picture = Disc(30, 50);
        for (var i = 0; i < Side * Side; i++)
            if (Distance(i) < 18)
                picture.AsSpan(3 * i, 3).Fill(255);
        return picture;
    }

    private static byte[] Disc(double radius, byte grey)
    {
        var picture = new byte[3 * Side * Side];
        for (var i = 0; i < Side * Side; i++)
            // The edge is a mixture over one pixel, as a camera makes it.
            picture.AsSpan(3 * i, 3).Fill((byte)(255 - (255 - grey) * Math.Clamp(radius + 0.5 - Distance(i), 0, 1)));
        return picture;
    }

    private static double Distance(int i) => Math.Sqrt(Math.Pow(i % Side - Side / 2, 2) + Math.Pow(i / Side - Side / 2, 2));
}
