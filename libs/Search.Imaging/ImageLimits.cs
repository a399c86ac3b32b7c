namespace Search.Imaging;

/// <summary>
/// How large an image may be. Every limit is checked from the file's header, before memory for a single pixel is
/// taken: a 60-byte file may claim 50,000 × 50,000 pixels.
/// </summary>
public sealed record ImageLimits
{
    /// <summary>4 bytes a pixel must fit into one 2 GiB span.</summary>
    private const long MostPixels = int.MaxValue / 4;

    public static ImageLimits Default { get; } = new();

    /// <summary>Size of the file in bytes. Default 20 MiB: above any phone's photo, below what hurts to hold in memory.</summary>
    public int MaxBytes
    {
        get;
        init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(MaxBytes), value, "must be positive");
    }
    = 20 * 1024 * 1024;

    /// <summary>
    /// Width × height. Default 50 million. Decoding holds 4 bytes for each (8 while an unshrunk picture is turned upright or
    /// a PNG is interlaced; up to 6 more for a progressive JPEG, however small it is decoded), so the default bounds one
    /// decode at about 400 MB and most at a few. At most 536,870,911.
    /// </summary>
    public long MaxPixels
    {
        get;
        init => field = value is > 0 and <= MostPixels
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxPixels), value, $"must be between 1 and {MostPixels}");
    }
    = 50_000_000;

    /// <summary>The longer side in pixels. Default 16,384.</summary>
    public int MaxSide
    {
        get;
        init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(MaxSide), value, "must be positive");
    }
    = 16_384;

    internal void CheckBytes(int length)
    {
        if (length > MaxBytes)
        {
            throw new ImageRejectedException(
                ImageRejection.TooManyBytes,
                $"The image has {length:N0} bytes and at most {MaxBytes:N0} are accepted. Save it smaller or with a lower quality.");
        }
    }

    internal void CheckSize(long width, long height)
    {
        if (width > MaxSide || height > MaxSide || width * height > MaxPixels)
        {
            throw new ImageRejectedException(
                ImageRejection.TooManyPixels,
                $"The image is {width} × {height} pixels; at most {MaxPixels:N0} pixels and {MaxSide:N0} a side are accepted. Scale it down.");
        }
    }
}
