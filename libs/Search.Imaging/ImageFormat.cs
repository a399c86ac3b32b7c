namespace Search.Imaging;

/// <summary>The image formats that are read. Everything else is <see cref="ImageRejection.UnsupportedType"/>.</summary>
public enum ImageFormat
{
    Jpeg,
    Png,
    WebP,
    Gif,
    Bmp,
}
