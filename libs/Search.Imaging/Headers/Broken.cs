namespace Search.Imaging;

/// <summary>The two answers to a file of a supported type that cannot be read, worded once.</summary>
internal static class Broken
{
    public static ImageRejectedException Truncated() => new(
        ImageRejection.Truncated,
        "The image ends before its picture does, as after an interrupted upload or copy. Send the complete file.");

    public static ImageRejectedException Unreadable(ImageFormat format) => new(
        ImageRejection.Unreadable,
        $"The file starts like a {format} image but cannot be decoded. Open it in an image editor, save it again and send that.");
}
