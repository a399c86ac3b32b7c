namespace Search.Imaging;

/// <summary>
/// From untrusted bytes to an upright sRGB picture. Stateless: call it from any thread.
/// The bytes are read in place; nothing is kept of them.
/// <para>What is not obvious: a baseline JPEG that lacks only its end marker is read, since every pixel is there, while a
/// progressive one is <see cref="ImageRejection.Truncated"/>, since any prefix of it looks whole; CMYK is taken as stored
/// inverted, as every known writer does; of an animation only the first frame counts, later damage does not matter.</para>
/// </summary>
public static class ImageDecoder
{
    /// <summary>Reads the header only.</summary>
    /// <exception cref="ImageRejectedException">The header alone shows that the image would be refused.</exception>
    public static ImageInfo Probe(ReadOnlyMemory<byte> bytes, ImageLimits? limits = null)
    {
        using var source = EncodedImage.Open(bytes, limits ?? ImageLimits.Default);
        return source.Info;
    }

    /// <summary>Decodes the first frame: EXIF orientation applied, colours in sRGB, transparency on white.</summary>
    /// <param name="bytes">A JPEG, PNG, WebP, GIF or BMP file.</param>
    /// <param name="limits">Default <see cref="ImageLimits.Default"/>.</param>
    /// <param name="shrinkToMinSide">
    /// If set, a JPEG is decoded at 1/2, 1/4 or 1/8 of its size as long as its shorter side keeps at least this many
    /// pixels, which saves most of the decoder's work. Other formats come in full size.
    /// </param>
    /// <exception cref="ImageRejectedException">With the reason and a message for the sender.</exception>
    public static DecodedImage Decode(ReadOnlyMemory<byte> bytes, ImageLimits? limits = null, int? shrinkToMinSide = null)
    {
        if (shrinkToMinSide is { } side)
            ArgumentOutOfRangeException.ThrowIfLessThan(side, 1, nameof(shrinkToMinSide));
        using var source = EncodedImage.Open(bytes, limits ?? ImageLimits.Default);
        return source.Decode(shrinkToMinSide);
    }

    /// <summary>Decodes at the size that <paramref name="preprocessing"/> needs, the cheapest that loses nothing for it.</summary>
    /// <exception cref="ImageRejectedException">With the reason and a message for the sender.</exception>
    public static DecodedImage Decode(ReadOnlyMemory<byte> bytes, ImagePreprocessing preprocessing, ImageLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(preprocessing);
        using var source = EncodedImage.Open(bytes, limits ?? ImageLimits.Default);
        return source.Decode(preprocessing.SmallestUsefulSide(source.Info.Width, source.Info.Height));
    }
}
