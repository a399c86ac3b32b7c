namespace Search.Imaging.Tests.Thumbnails;

public class ThumbnailTests
{
    [Theory]
    [InlineData(900, 600, 300, 300, 200)]
    [InlineData(600, 900, 300, 200, 300)]
    [InlineData(100, 50, 300, 100, 50)]
    [InlineData(9000, 2, 300, 300, 1)]
    public void Jpeg_AnyShape_FitsTheLongerSide(int width, int height, int maxSide, int expectedWidth, int expectedHeight)
    {
        using var scene = Pictures.Scene(width, height);
        var info = ImageDecoder.Probe(Thumbnail.Jpeg(scene, maxSide));
        Assert.Equal(new ImageInfo(ImageFormat.Jpeg, expectedWidth, expectedHeight, 1), info);
    }

    [Fact]
    public void Jpeg_Scene_StillShowsIt()
    {
        using var scene = Pictures.Scene(640, 480);
        using var thumbnail = ImageDecoder.Decode(Thumbnail.Jpeg(scene, 320, quality: 90));
        using var small = Pictures.Scene(320, 240);
        Assert.True(Pictures.Difference(small, thumbnail) < 3);
    }

    [Fact]
    public void Jpeg_LowerQuality_IsSmaller()
    {
        using var noise = Pictures.Noise(200, 200);
        Assert.True(Thumbnail.Jpeg(noise, 200, 30).Length < Thumbnail.Jpeg(noise, 200, 90).Length / 2);
    }
}
