using System.Buffers;
using Search.Testing.Images;
using SkiaSharp;

namespace Search.Imaging.Tests.Decoding;

public class ImageDecoderTests
{
    private static readonly byte[] s_large = Pictures.Encode(Pictures.Scene(1203, 801), SKEncodedImageFormat.Jpeg);

    [Theory]
    [InlineData(1, 101)]
    [InlineData(101, 101)]
    [InlineData(102, 201)]
    [InlineData(201, 201)]
    [InlineData(202, 401)]
    [InlineData(402, 801)]
    [InlineData(801, 801)]
    [InlineData(5000, 801)]
    public void Decode_ShrinkOnLoad_GivesTheSmallestSizeThatDoesNotUndershoot(int wanted, int expectedHeight)
    {
        using var decoded = ImageDecoder.Decode(s_large, shrinkToMinSide: wanted);
        Assert.Equal(expectedHeight, decoded.Height);
        Assert.Equal(1203, decoded.Source.Width);
    }

    [Fact]
    public void Decode_ForAPreprocessing_LooksLikeTheFullDecode()
    {
        using var full = ImageDecoder.Decode(s_large);
        foreach (var fit in Enum.GetValues<ImageFit>())
        {
            var definition = new ImagePreprocessing { Width = 160, Height = 160, Fit = fit };
            using var shrunk = ImageDecoder.Decode(s_large, definition);
            Assert.True(shrunk.Width < full.Width);
            byte[] a = new byte[definition.RgbByteCount], b = new byte[definition.RgbByteCount];
            ImagePreprocessor.Resize(full, definition, a);
            ImagePreprocessor.Resize(shrunk, definition, b);
            var off = a.Zip(b, (x, y) => Math.Abs(x - y)).Average();
            Assert.True(off < 1.5, $"off by {off:F2} levels on average");
        }
    }

    [Fact]
    public void Decode_RotatedAndShrunk_MeasuresTheUprightPicture()
    {
        using var decoded = ImageDecoder.Decode(JpegFile.WithOrientation(s_large, 6), shrinkToMinSide: 150);
        Assert.Equal((801, 1203), (decoded.Source.Width, decoded.Source.Height));
        Assert.Equal((201, 301), (decoded.Width, decoded.Height));
    }

    [Fact]
    public void Decode_PartOfALargerBuffer_ReadsOnlyThatPart()
    {
        byte[] surrounded = [.. new byte[777], .. s_large, .. s_large];
        using var decoded = ImageDecoder.Decode(surrounded.AsMemory(777, s_large.Length));
        Assert.Equal(1203, decoded.Width);
        var cut = Assert.Throws<ImageRejectedException>(() => ImageDecoder.Decode(surrounded.AsMemory(777, s_large.Length / 2)));
        Assert.Equal(ImageRejection.Truncated, cut.Reason);
    }

    [Fact]
    public void Decode_MemoryThatIsNoArray_Works()
    {
        using var pooled = MemoryPool<byte>.Shared.Rent(s_large.Length);
        s_large.CopyTo(pooled.Memory);
        Assert.Equal(801, ImageDecoder.Probe(pooled.Memory[..s_large.Length]).Height);
    }

    [Fact]
    public void Probe_EachLimit_IsItsOwnRejection()
    {
        Assert.Equal(ImageRejection.TooManyBytes, Rejection(new() { MaxBytes = s_large.Length - 1 }));
        Assert.Equal(ImageRejection.TooManyPixels, Rejection(new() { MaxPixels = (1203 * 801) - 1 }));
        Assert.Equal(ImageRejection.TooManyPixels, Rejection(new() { MaxSide = 1202 }));
        var exactly = new ImageLimits { MaxBytes = s_large.Length, MaxPixels = 1203 * 801, MaxSide = 1203 };
        Assert.Equal(1203, ImageDecoder.Probe(s_large, exactly).Width);

        static ImageRejection Rejection(ImageLimits limits) =>
            Assert.Throws<ImageRejectedException>(() => ImageDecoder.Probe(s_large, limits)).Reason;
    }

    [Fact]
    public void ImageLimits_Nonsense_IsRefusedByName()
    {
        Assert.Equal("MaxBytes", Assert.Throws<ArgumentOutOfRangeException>(() => new ImageLimits { MaxBytes = 0 }).ParamName);
        Assert.Equal("MaxPixels", Assert.Throws<ArgumentOutOfRangeException>(() => new ImageLimits { MaxPixels = long.MaxValue }).ParamName);
        Assert.Equal("MaxSide", Assert.Throws<ArgumentOutOfRangeException>(() => new ImageLimits { MaxSide = -1 }).ParamName);
    }

    [Fact]
    public void Decode_GifFrameOverTheLimitOnASmallScreen_IsRejected()
    {
        var gif = GifFile.Encode(10, 10, new GifFile.Frame(RgbPicture.Scene(300, 200)));
        var limits = new ImageLimits { MaxPixels = 1000 };
        Assert.Equal(ImageRejection.TooManyPixels, Assert.Throws<ImageRejectedException>(() => ImageDecoder.Decode(gif, limits)).Reason);
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void Decode_DisplayP3_IsConvertedToSrgb(SKEncodedImageFormat format)
    {
        // The P3 coordinates of sRGB's (200, 80, 60): CSS Color 4 conversion, rounded.
        using var p3 = SKColorSpace.CreateRgb(SKColorSpaceTransferFn.Srgb, SKColorSpaceXyz.DisplayP3);
        using var bitmap = new SKBitmap(new SKImageInfo(64, 64, SKColorType.Rgba8888, SKAlphaType.Opaque, p3));
        var pixels = bitmap.GetPixelSpan();
        for (var i = 0; i < pixels.Length; i += 4)
            (pixels[i], pixels[i + 1], pixels[i + 2], pixels[i + 3]) = (186, 88, 67, 255);
        using var data = bitmap.Encode(format, 100);

        using var decoded = ImageDecoder.Decode(data.ToArray());
        var middle = decoded.Pixels.Slice(((32 * 64) + 32) * 4, 3);
        Assert.InRange(middle[0], 196, 204);
        Assert.InRange(middle[1], 76, 84);
        Assert.InRange(middle[2], 56, 64);
    }

    [Fact]
    public void Decode_Twice_GivesTheSamePixels()
    {
        foreach (var hostile in HostileImages.All)
        {
            var (first, second) = (TryDecode(hostile.Bytes), TryDecode(hostile.Bytes));
            Assert.True(first is null == second is null && first.AsSpan().SequenceEqual(second), hostile.Name);
        }

        static byte[]? TryDecode(byte[] bytes)
        {
            try
            {
                using var decoded = ImageDecoder.Decode(bytes);
                return decoded.Pixels.ToArray();
            }
            catch (ImageRejectedException)
            {
                return null;
            }
        }
    }

    [Fact]
    public void Decode_HostileImagesOverAndOver_KeepsMemoryFlat()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("resident memory is read from /proc");
        var definition = new ImagePreprocessing { Width = 64, Height = 64 };
        var values = new float[definition.ValueCount];
        Rounds(3);
        var before = Resident();
        Rounds(6);
        var grown = (Resident() - before) >> 20;
        Assert.True(grown < 32, $"{grown} MiB more after {6 * HostileImages.All.Count} images");

        void Rounds(int count)
        {
            for (var round = 0; round < count; round++)
            {
                foreach (var hostile in HostileImages.All)
                {
                    try
                    {
                        ImagePreprocessor.Write(hostile.Bytes, definition, values);
                    }
                    catch (ImageRejectedException)
                    {
                        // Expected of most; only memory counts here.
                    }
                }
            }

            GC.Collect();
        }

        static long Resident()
        {
            var pages = File.ReadAllText("/proc/self/statm").Split(' ')[1];
            return long.Parse(pages, System.Globalization.CultureInfo.InvariantCulture) * Environment.SystemPageSize;
        }
    }

    [Fact]
    public void Pixels_AfterDispose_Throw()
    {
        var image = Pictures.Flat(2, 2, 0, 0, 0);
        image.Dispose();
        image.Dispose();
        Assert.Throws<ObjectDisposedException>(() => image.Pixels.Length);
    }
}
