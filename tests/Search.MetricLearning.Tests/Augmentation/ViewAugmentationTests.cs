using Search.MetricLearning.Augmentation;
using Search.MetricLearning.Augmentation.Clutter;

namespace Search.MetricLearning.Tests.Augmentation;

public sealed class ViewAugmentationTests
{
    private static readonly AugmentationOptions s_nothing = new()
    {
        SmallestPart = 1, LargestPart = 1, Aspect = 1, Rotation = 0, Mirror = 0, Light = 0, Saturation = 0, Tint = 0, Blur = 0, Background = 0,
    };

    [Fact]
    public void Write_NothingAllowed_GivesThePictureBack()
    {
        var picture = Picture(16);
        // The colour map goes through a luma in float32, so a byte may round to its neighbour.
        Assert.All(picture.Zip(View(s_nothing, picture, 16, 16)), p => Assert.InRange(p.First - p.Second, 0, 1));
    }

    [Fact]
    public void Write_AlwaysMirrored_SwapsLeftAndRight()
    {
        var picture = Picture(8);
        var view = View(s_nothing with { Mirror = 1 }, picture, 8, 8);
        for (var row = 0; row < 8; row++)
            for (var column = 0; column < 8; column++)
                Assert.InRange(picture[3 * (row * 8 + column)] - view[3 * (row * 8 + 7 - column)], 0, 1);
    }

    [Fact]
    public void Write_ShownSmaller_IsSurroundedByWhite()
    {
        var view = View(s_nothing with { SmallestPart = 2, LargestPart = 2 }, new byte[3 * 32 * 32], 32, 32);
        Assert.Equal(255, view[0]);
        Assert.Equal(0, view[3 * (16 * 32 + 16)]);
    }

    [Fact]
    public void Write_SameSeed_GivesTheSameView()
    {
        var picture = Picture(40);
        Assert.Equal(View(new(), picture, 40, 32, seed: 9), View(new(), picture, 40, 32, seed: 9));
        Assert.NotEqual(View(new(), picture, 40, 32, seed: 9), View(new(), picture, 40, 32, seed: 10));
    }

    [Fact]
    public void Write_AlwaysAsAShopper_IsTheShoppersPhotoOnTrainingsClutter()
    {
        var picture = Picture(40);
        var seen = new byte[3 * 32 * 32];
        var random = new Random(4);
        // The chance that decides is drawn first.
        random.NextDouble();
        new ShopperPhoto(new() { Clutter = ClutterFamily.Training }).Write(picture, 40, seen, 32, random);
        Assert.Equal(seen, View(s_nothing with { Shopper = 1 }, picture, 40, 32, seed: 4));
        Assert.Equal(View(s_nothing, picture, 40, 32, seed: 4), View(s_nothing with { Shopper = 0 }, picture, 40, 32, seed: 4));
    }

    [Fact]
    public void Write_NewBackground_KeepsWhiteInsideThePiece()
    {
        // A dark ring around a white stone, on white.
        const int side = 33;
        var picture = new byte[3 * side * side];
        for (var i = 0; i < side * side; i++)
        {
            var distance = Math.Sqrt(Math.Pow(i % side - 16, 2) + Math.Pow(i / side - 16, 2));
            picture.AsSpan(3 * i, 3).Fill(distance is > 5 and < 9 ? (byte)40 : (byte)255);
        }
        var view = View(s_nothing with { Background = 1 }, picture, side, side);
        Assert.InRange(view[3 * (16 * side + 16)], 254, 255);
        Assert.NotEqual([255, 255, 255], view[..3]);
    }

    [Fact]
    public void Write_WrongLengths_AreRefused()
    {
        var augmentation = new ViewAugmentation(new());
        Assert.Throws<ArgumentException>(() => augmentation.Write(new byte[10], 4, new byte[48], 4, new Random(1)));
        Assert.Throws<ArgumentException>(() => augmentation.Write(new byte[48], 4, new byte[10], 4, new Random(1)));
    }

    private static byte[] View(AugmentationOptions options, byte[] source, int sourceSide, int viewSide, int seed = 1)
    {
        var view = new byte[3 * viewSide * viewSide];
        new ViewAugmentation(options).Write(source, sourceSide, view, viewSide, new Random(seed));
        return view;
    }

    private static byte[] Picture(int side)
    {
        var picture = new byte[3 * side * side];
        new Random(2).NextBytes(picture);
        return picture;
    }
}
