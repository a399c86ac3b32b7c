using System.Security.Cryptography;
using Search.Testing.Images;

namespace Search.Imaging.Tests.Preprocessing;

public class ImagePreprocessorTests
{
    [Fact]
    public void Write_KnownColour_IsPixelMinusMeanOverStd()
    {
        var definition = new ImagePreprocessing { Width = 5, Height = 3, Mean = [0.485f, 0.456f, 0.406f], Std = [0.229f, 0.224f, 0.225f] };
        using var image = Pictures.Flat(50, 30, 10, 100, 250);
        var values = new float[definition.ValueCount];
        ImagePreprocessor.Write(image, definition, values);
        Assert.All(values[..15], value => Assert.Equal(((10 / 255.0) - 0.485) / 0.229, value, 1e-5));
        Assert.All(values[15..30], value => Assert.Equal(((100 / 255.0) - 0.456) / 0.224, value, 1e-5));
        Assert.All(values[30..], value => Assert.Equal(((250 / 255.0) - 0.406) / 0.225, value, 1e-5));
    }

    /// <summary>The revision's promise. If this fails on purpose, raise ImagePreprocessing.CurrentRevision: stored vectors are void.</summary>
    [Theory]
    [InlineData(ResamplingFilter.Triangle, ImageFit.Letterbox, "fd901979dff7db75")]
    [InlineData(ResamplingFilter.CatmullRom, ImageFit.CenterCrop, "90197a715d06a77c")]
    public void Resize_Revision1_GivesTheseBytesOnEveryMachine(ResamplingFilter filter, ImageFit fit, string sha256)
    {
        var definition = new ImagePreprocessing { Width = 97, Height = 83, Resampling = filter, Fit = fit, Background = new(9, 8, 7) };
        using var image = ImageDecoder.Decode(PngFile.Rgb(RgbPicture.Scene(301, 203)));
        var rgb = new byte[definition.RgbByteCount];
        ImagePreprocessor.Resize(image, definition, rgb);
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(rgb))[..16]);
    }

    [Fact]
    public void Resize_Letterbox_CentresThePictureOnItsBackground()
    {
        var definition = new ImagePreprocessing { Width = 8, Height = 8, Background = new(1, 2, 3) };
        using var wide = Pictures.Flat(400, 200, 200, 200, 200);
        var rgb = new byte[definition.RgbByteCount];
        ImagePreprocessor.Resize(wide, definition, rgb);
        for (var i = 0; i < 64; i++)
            Assert.Equal(i / 8 is >= 2 and < 6 ? [200, 200, 200] : [1, 2, 3], rgb[(i * 3)..((i * 3) + 3)]);
    }

    [Fact]
    public void Resize_CenterCrop_FillsTheRectangleAndCutsBothSides()
    {
        var definition = new ImagePreprocessing { Width = 20, Height = 20, Fit = ImageFit.CenterCrop };
        var rgba = new byte[300 * 100 * 4];
        for (var i = 0; i < 300 * 100; i++)
        {
            var middle = i % 300 is >= 100 and < 200;
            rgba.AsSpan(i * 4, 4).Fill(255);
            rgba[i * 4] = middle ? (byte)255 : (byte)0;
        }

        using var image = DecodedImage.FromRgba(300, 100, rgba);
        var rgb = new byte[definition.RgbByteCount];
        ImagePreprocessor.Resize(image, definition, rgb);
        // Only the outermost columns see beyond the cut.
        for (var i = 0; i < 400; i++)
            Assert.True(rgb[i * 3] > (i % 20 is 0 or 19 ? 200 : 254), $"pixel {i}: {rgb[i * 3]}");
    }

    [Theory]
    [InlineData(16384, 1)]
    [InlineData(1, 16384)]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(5000, 7)]
    public void Write_ExtremeShapes_KeepAtLeastOneLineOfThePicture(int width, int height)
    {
        using var image = Pictures.Flat(width, height, 0, 0, 0);
        foreach (var fit in Enum.GetValues<ImageFit>())
        {
            var definition = new ImagePreprocessing { Width = 64, Height = 48, Fit = fit };
            var rgb = new byte[definition.RgbByteCount];
            ImagePreprocessor.Resize(image, definition, rgb);
            Assert.Contains((byte)0, rgb);
        }
    }

    [Fact]
    public void Write_WrongLengths_AreArgumentErrorsThatNameTheLength()
    {
        var definition = new ImagePreprocessing { Width = 10, Height = 20 };
        using var image = Pictures.Flat(5, 5, 1, 1, 1);
        Assert.Contains("600", Assert.Throws<ArgumentException>(() => ImagePreprocessor.Write(image, definition, new float[599])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ImagePreprocessor.Resize(image, definition, new byte[601]));
        Assert.Throws<ArgumentException>(() => ImagePreprocessor.Normalise(new byte[600], definition, new float[601]));
        Assert.Throws<ArgumentException>(() => ImagePreprocessor.Write(image, definition with { Width = 0 }, []));
    }

    [Fact]
    public async Task Write_FromManyThreads_GivesTheSameNumbers()
    {
        var definition = new ImagePreprocessing { Width = 64, Height = 64 };
        var expected = HostileImages.Ordinary.Select(Embed).ToArray();
        await Parallel.ForAsync(0, 200, TestContext.Current.CancellationToken, (i, _) =>
        {
            var which = i % expected.Length;
            Assert.Equal(expected[which], Embed(HostileImages.Ordinary[which]));
            return ValueTask.CompletedTask;
        });

        float[] Embed((string Name, byte[] Bytes, string ContentType) image)
        {
            var values = new float[definition.ValueCount];
            ImagePreprocessor.Write(image.Bytes, definition, values);
            return values;
        }
    }
}
