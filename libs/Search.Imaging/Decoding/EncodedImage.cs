using System.Buffers;
using SkiaSharp;

namespace Search.Imaging;

/// <summary>An image file whose header passed every check, with its bytes pinned under the codec.</summary>
internal sealed class EncodedImage : IDisposable
{
    private static readonly SKColorSpace s_srgb = SKColorSpace.CreateSrgb();
    private static readonly SKCodecOptions s_zeroedTarget = new(SKZeroInitialized.Yes);

    private readonly MemoryHandle _pin;
    private readonly SKData _data;
    private readonly SKCodec _codec;

    private EncodedImage(MemoryHandle pin, SKData data, SKCodec codec, ImageInfo info)
    {
        _pin = pin;
        _data = data;
        _codec = codec;
        Info = info;
    }

    public ImageInfo Info { get; }

    public static EncodedImage Open(ReadOnlyMemory<byte> bytes, ImageLimits limits)
    {
        limits.CheckBytes(bytes.Length);
        var format = FormatSniffer.Sniff(bytes.Span);
        var (width, height) = HeaderSize.Read(format, bytes.Span);
        limits.CheckSize(width, height);
        return Open(bytes, format, limits);
    }

    private static unsafe EncodedImage Open(ReadOnlyMemory<byte> bytes, ImageFormat format, ImageLimits limits)
    {
        var pin = bytes.Pin();
        SKData? data = null;
        SKCodec? codec = null;
        try
        {
            // The data is a view: the pin outlives the codec that reads through it.
            data = SKData.Create((nint)pin.Pointer, bytes.Length);
            codec = SKCodec.Create(new SKMemoryStream(data), out var result);
            if (codec is null)
                throw result == SKCodecResult.IncompleteInput ? Broken.Truncated() : Broken.Unreadable(format);
            if (codec.EncodedFormat != Skia(format))
                throw Broken.Unreadable(format);
            var size = codec.Info.Size;
            if (size.Width < 1 || size.Height < 1)
                throw Broken.Unreadable(format);
            // Again, because a GIF's first frame may be larger than the screen its header promised.
            limits.CheckSize(size.Width, size.Height);
            var orientation = format == ImageFormat.Png ? PngHeader.ReadOrientation(bytes.Span) : (int)codec.EncodedOrigin;
            var info = Orientation.SwapsSides(orientation)
                ? new ImageInfo(format, size.Height, size.Width, orientation)
                : new ImageInfo(format, size.Width, size.Height, orientation);
            return new(pin, data, codec, info);
        }
        catch
        {
            codec?.Dispose();
            data?.Dispose();
            pin.Dispose();
            throw;
        }
    }

    public DecodedImage Decode(int? shrinkToMinSide)
    {
        var size = shrinkToMinSide is { } side ? ShrunkSize(side) : _codec.Info.Size;
        var opaque = _codec.Info.AlphaType == SKAlphaType.Opaque;
        var pixels = new PixelBuffer(checked(size.Width * size.Height * 4));
        try
        {
            var target = new SKImageInfo(
                size.Width, size.Height, SKColorType.Rgba8888, opaque ? SKAlphaType.Opaque : SKAlphaType.Premul, s_srgb);
            Require(_codec.GetPixels(target, pixels.Address, target.RowBytes, s_zeroedTarget));
            if (!opaque)
                WhiteBackground.Composite(pixels.Span);
            if (Info.Orientation != 1)
                pixels = Upright(pixels, size);
            var swap = Orientation.SwapsSides(Info.Orientation);
            return new(Info, swap ? size.Height : size.Width, swap ? size.Width : size.Height, pixels);
        }
        catch
        {
            pixels.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _codec.Dispose();
        _data.Dispose();
        _pin.Dispose();
    }

    /// <summary>
    /// The smallest power-of-two fraction that keeps <paramref name="side"/>. The codec offers every eighth, but only these
    /// have vectorised inverse transforms, and asking it for the nearest size may land below the wish.
    /// </summary>
    private SKSizeI ShrunkSize(int side)
    {
        var full = _codec.Info.Size;
        if (Info.Format != ImageFormat.Jpeg)
            return full;
        for (var fraction = 0.125f; fraction < 1; fraction *= 2)
        {
            var size = _codec.GetScaledDimensions(fraction);
            if (Math.Min(size.Width, size.Height) >= side)
                return size;
        }

        return full;
    }

    private PixelBuffer Upright(PixelBuffer stored, SKSizeI size)
    {
        var upright = new PixelBuffer(stored.Length);
        Orientation.Apply(Info.Orientation, stored.Span, size.Width, size.Height, upright.Span);
        stored.Dispose();
        return upright;
    }

    private void Require(SKCodecResult result)
    {
        if (result == SKCodecResult.Success)
            return;
        throw result == SKCodecResult.IncompleteInput ? Broken.Truncated() : Broken.Unreadable(Info.Format);
    }

    private static SKEncodedImageFormat Skia(ImageFormat format) => format switch
    {
        ImageFormat.Jpeg => SKEncodedImageFormat.Jpeg,
        ImageFormat.Png => SKEncodedImageFormat.Png,
        ImageFormat.WebP => SKEncodedImageFormat.Webp,
        ImageFormat.Gif => SKEncodedImageFormat.Gif,
        ImageFormat.Bmp => SKEncodedImageFormat.Bmp,
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };
}
