using SkiaSharp;

namespace Search.Imaging.Tests.Decoding;

public class RoundTripTests
{
    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg, ImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Png, ImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Webp, ImageFormat.WebP)]
    public void Decode_EncodedScene_GivesItBack(SKEncodedImageFormat encoding, ImageFormat format)
    {
        using var scene = Pictures.Scene(300, 200);
        var bytes = Pictures.Encode(scene, encoding);

        Assert.Equal(new ImageInfo(format, 300, 200, 1), ImageDecoder.Probe(bytes));
        using var decoded = ImageDecoder.Decode(bytes);
        Assert.True(Pictures.Difference(scene, decoded) < 2, $"differs by {Pictures.Difference(scene, decoded)}");
    }

    [Fact]
    public void Write_FromBytes_EqualsDecodeResizeAndNormaliseInSteps()
    {
        using var scene = Pictures.Scene(1600, 1100);
        var bytes = Pictures.Encode(scene, SKEncodedImageFormat.Jpeg);
        var definition = new ImagePreprocessing { Width = 160, Height = 192 };
        var direct = new float[definition.ValueCount];
        Assert.Equal(ImageFormat.Jpeg, ImagePreprocessor.Write(bytes, definition, direct).Format);

        using var decoded = ImageDecoder.Decode(bytes, definition);
        Assert.True(decoded.Width < 1600, "a large JPEG is shrunk on load");
        var rgb = new byte[definition.RgbByteCount];
        ImagePreprocessor.Resize(decoded, definition, rgb);
        var steps = new float[definition.ValueCount];
        ImagePreprocessor.Normalise(rgb, definition, steps);
        Assert.Equal(steps, direct);
    }
}
