namespace Search.Imaging;

/// <summary>
/// An upright picture in sRGB without transparency: 8-bit R, G, B, 255, row by row without padding.
/// Immutable once made, so any number of threads may read it; dispose it when the last one is done.
/// </summary>
public sealed class DecodedImage : IDisposable
{
    private readonly PixelBuffer _pixels;

    internal DecodedImage(ImageInfo source, int width, int height, PixelBuffer pixels)
    {
        Source = source;
        Width = width;
        Height = height;
        _pixels = pixels;
    }

    /// <summary>The file this was decoded from; its size is larger than this picture's if it was shrunk on load.</summary>
    public ImageInfo Source { get; }

    /// <summary>Width in pixels, at least 1.</summary>
    public int Width { get; }

    /// <summary>Height in pixels, at least 1.</summary>
    public int Height { get; }

    /// <summary>Height × Width × 4 bytes. Valid until this image is disposed.</summary>
    public ReadOnlySpan<byte> Pixels => _pixels.Span;

    internal nint Address => _pixels.Address;

    /// <summary>A picture from memory, for renderers and tests.</summary>
    /// <param name="width">1 or more.</param>
    /// <param name="height">1 or more.</param>
    /// <param name="rgba">Height × Width × 4 bytes of opaque sRGB; copied.</param>
    /// <exception cref="ArgumentException"><paramref name="rgba"/> has another length.</exception>
    public static DecodedImage FromRgba(int width, int height, ReadOnlySpan<byte> rgba)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (rgba.Length != checked(width * height * 4))
            throw new ArgumentException($"{width} × {height} pixels need {width * height * 4} bytes, not {rgba.Length}", nameof(rgba));
        var pixels = new PixelBuffer(rgba.Length);
        rgba.CopyTo(pixels.Span);
        return new(new(ImageFormat.Bmp, width, height, Orientation: 1), width, height, pixels);
    }

    public void Dispose() => _pixels.Dispose();
}
