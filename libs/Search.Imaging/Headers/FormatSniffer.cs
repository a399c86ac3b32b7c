namespace Search.Imaging;

/// <summary>
/// Finds the format from the first bytes. Only the five formats pass: the codec library behind the decoder would also
/// take icons, camera raw files and more, none of which a catalogue needs and each of which is one more parser to attack.
/// </summary>
internal static class FormatSniffer
{
    private static ReadOnlySpan<byte> JpegMagic => [0xFF, 0xD8, 0xFF];
    private static ReadOnlySpan<byte> PngMagic => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
    private static ReadOnlySpan<byte> IconMagic => [0, 0, 1, 0];

    public static ImageFormat Sniff(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            throw new ImageRejectedException(ImageRejection.Unreadable, "The image is empty (0 bytes). Send the picture itself.");
        if (bytes.StartsWith(JpegMagic))
            return ImageFormat.Jpeg;
        if (bytes.StartsWith(PngMagic))
            return ImageFormat.Png;
        if (bytes.StartsWith("RIFF"u8) && bytes.Length >= 12 && bytes[8..].StartsWith("WEBP"u8))
            return ImageFormat.WebP;
        if (bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8))
            return ImageFormat.Gif;
        if (bytes.StartsWith("BM"u8))
            return ImageFormat.Bmp;
        throw new ImageRejectedException(
            ImageRejection.UnsupportedType,
            $"{Describe(bytes)} is not an image type that is read here. Send a JPEG, PNG, WebP, GIF or BMP.");
    }

    /// <summary>Names what people really send by mistake, because "unsupported" alone leaves them guessing.</summary>
    private static string Describe(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= 12 && bytes[4..].StartsWith("ftyp"u8))
            return bytes[8..].StartsWith("avi"u8) ? "An AVIF file" : "A HEIC photo or video";
        if (bytes.StartsWith("II*\0"u8) || bytes.StartsWith("MM\0*"u8))
            return "A TIFF or camera raw file";
        if (bytes.StartsWith("%PDF"u8))
            return "A PDF document";
        if (bytes.StartsWith("PK"u8))
            return "A zip archive";
        if (bytes.StartsWith(IconMagic))
            return "An icon";
        var start = bytes[..Math.Min(bytes.Length, 512)];
        if (start.IndexOf("<svg"u8) >= 0)
            return "An SVG drawing";
        return start.IndexOf("<html"u8) >= 0 || start.IndexOf("<!DOCTYPE"u8) >= 0 ? "A web page" : "This file";
    }
}
