using Search.Testing.Images;

namespace Search.Imaging.Tests.Decoding;

/// <summary>Rare encodings are not only accepted, they show the right picture.</summary>
public class UnusualImageTests
{
    private static readonly RgbPicture s_scene = RgbPicture.Scene(96, 64);

    /// <summary>The name and how far the mean channel may be off, of 255: codings lose differently much.</summary>
    public static TheoryData<string, double> Colour => new()
    {
        { "ordinary-baseline.jpg", 1.5 },
        { "ordinary-progressive.jpg", 1.5 },
        { "ordinary-rgb.png", 0 },
        { "ordinary-interlaced.png", 0 },
        { "ordinary-lossy.webp", 4 },
        { "ordinary-lossless.webp", 0 },
        { "ordinary-rgb.bmp", 0 },
        { "rgb-stored-as-is.jpg", 1.5 },
        { "cmyk.jpg", 2.5 },
        { "ycck.jpg", 2.5 },
        { "cmyk-without-marker.jpg", 2.5 },
        { "no-end-marker.jpg", 1.5 },
        { "bytes-after-the-end.jpg", 1.5 },
        { "many-comments.jpg", 1.5 },
        { "fill-bytes-between-segments.jpg", 1.5 },
        { "profile-is-garbage.jpg", 1.5 },
        { "rgb-16-bit.png", 0.5 },
        { "rgba-16-bit.png", 0.5 },
        { "animated.png", 0 },
        { "unknown-chunk.png", 0 },
        { "animated.webp", 4 },
        { "top-down.bmp", 0 },
        { "os2-header.bmp", 0 },
        { "png-called.jpg", 0 },
    };

    public static TheoryData<string, double> Grey => new()
    {
        { "grey.jpg", 1.5 },
        { "grey-4-bit.png", 9 },
        { "grey-8-bit.png", 0 },
        { "grey-16-bit.png", 0.5 },
        { "palette.png", 0 },
        { "grey-palette.bmp", 0 },
    };

    [Theory]
    [MemberData(nameof(Colour))]
    public void Decode_UnusualEncoding_ShowsTheScene(string name, double tolerance)
    {
        using var decoded = Decode(name);
        AssertShows(decoded, tolerance, (x, y, c) => s_scene[x, y, c]);
    }

    [Theory]
    [MemberData(nameof(Grey))]
    public void Decode_GreyEncoding_ShowsTheSceneInGrey(string name, double tolerance)
    {
        using var decoded = Decode(name);
        AssertShows(decoded, tolerance, (x, y, _) => s_scene.Grey(x, y));
    }

    [Theory]
    [InlineData("ordinary-still.gif")]
    [InlineData("animated.gif")]
    [InlineData("frame-larger-than-screen.gif")]
    [InlineData("transparent-colour.gif")]
    [InlineData("second-frame-cut.gif")]
    public void Decode_Gif_ShowsItsFirstFrame(string name)
    {
        using var decoded = Decode(name);
        AssertShows(decoded, 0, (x, y, c) => (byte)((s_scene[x, y, c] + 25) / 51 * 51));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Decode_AnyOrientation_ShowsTheSceneUpright(int orientation)
    {
        foreach (var name in (string[])[$"orientation-{orientation}.jpg", $"orientation-{orientation}-big-endian.jpg"])
        {
            using var decoded = Decode(name);
            Assert.Equal(new ImageInfo(ImageFormat.Jpeg, 96, 64, orientation), decoded.Source);
            AssertShows(decoded, 1.5, (x, y, c) => s_scene[x, y, c]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(8)]
    public void Decode_WebPWithExif_IsUprightToo(int orientation)
    {
        using var decoded = ImageDecoder.Decode(WebPFile.WithExif(s_scene.StoredAs(orientation), orientation));
        AssertShows(decoded, 4, (x, y, c) => s_scene[x, y, c]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(8)]
    public void Decode_PngWithExif_IsUprightToo(int orientation)
    {
        var stored = s_scene.StoredAs(orientation);
        using var decoded = ImageDecoder.Decode(PngFile.Rgb(stored, [("eXIf", JpegFile.Exif(orientation))]));
        AssertShows(decoded, 0, (x, y, c) => s_scene[x, y, c]);
    }

    [Fact]
    public void Decode_Transparency_LiesOnWhite()
    {
        using var faded = Decode("rgba.png");
        AssertShows(faded, 0.6, (x, y, c) => (byte)Math.Round(255 + ((s_scene[x, y, c] - 255) * (y * 4 / 255.0))));
        using var clear = Decode("all-transparent.png");
        Assert.DoesNotContain(clear.Pixels.ToArray(), value => value != 255);
    }

    [Theory]
    [InlineData("frame-smaller-than-screen.gif")]
    [InlineData("first-frame-smaller-than-canvas.webp")]
    public void Decode_FrameSmallerThanItsCanvas_IsOnWhite(string name)
    {
        var frame = RgbPicture.Scene(20, 20);
        using var decoded = Decode(name);
        AssertShows(decoded, 2, (x, y, c) => x is >= 30 and < 50 && y is >= 10 and < 30 ? frame[x - 30, y - 10, c] : (byte)255);
    }

    private static DecodedImage Decode(string name) => ImageDecoder.Decode(HostileImages.All.Single(image => image.Name == name).Bytes);

    private static void AssertShows(DecodedImage decoded, double tolerance, Func<int, int, int, byte> expected)
    {
        Assert.Equal((96, 64), (decoded.Width, decoded.Height));
        double sum = 0;
        for (var y = 0; y < 64; y++)
        {
            for (var x = 0; x < 96; x++)
            {
                Assert.Equal(255, decoded.Pixels[(((y * 96) + x) * 4) + 3]);
                for (var c = 0; c < 3; c++)
                    sum += Math.Abs(decoded.Pixels[(((y * 96) + x) * 4) + c] - expected(x, y, c));
            }
        }

        var mean = sum / (96 * 64 * 3);
        Assert.True(mean <= tolerance, $"off by {mean:F2} of 255 on average, at most {tolerance} expected");
    }
}
