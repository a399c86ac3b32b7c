namespace Search.Imaging;

/// <summary>What an image file's header says. <paramref name="Width"/> and <paramref name="Height"/> are those of the
/// upright picture in pixels, after its EXIF orientation.</summary>
/// <param name="Format">Found from the content, never from the file name.</param>
/// <param name="Width">At least 1.</param>
/// <param name="Height">At least 1.</param>
/// <param name="Orientation">EXIF orientation, 1 (upright) to 8, that the decoder applies.</param>
public sealed record ImageInfo(ImageFormat Format, int Width, int Height, int Orientation)
{
    /// <summary>The media type to store and serve the original bytes with.</summary>
    public string ContentType => Format switch
    {
        ImageFormat.Jpeg => "image/jpeg",
        ImageFormat.Png => "image/png",
        ImageFormat.WebP => "image/webp",
        ImageFormat.Gif => "image/gif",
        ImageFormat.Bmp => "image/bmp",
        _ => throw new InvalidOperationException($"no media type for {Format}"),
    };
}
