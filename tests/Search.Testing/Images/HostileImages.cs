namespace Search.Testing.Images;

/// <summary>
/// The files that strangers send: damaged, oversized, mislabelled, rare and malicious ones, made in memory. The same on
/// every run. Every place that takes images is tested with all of them.
/// </summary>
public static partial class HostileImages
{
    private static readonly RgbPicture s_scene = RgbPicture.Scene(96, 64);

    private static readonly Lazy<IReadOnlyList<HostileImage>> s_all = new(() =>
        [.. Unusual(), .. Orientations(), .. Oversized(), .. Truncations(), .. Impostors(), .. Nonsense(), .. Attacks(), .. BitFlips()]);

    /// <summary>More than 200 files, names unique. None passes 1 MiB.</summary>
    public static IReadOnlyList<HostileImage> All => s_all.Value;

    /// <summary>One ordinary file of each format and coding, all showing the same scene.</summary>
    public static IReadOnlyList<(string Name, byte[] Bytes, string ContentType)> Ordinary { get; } =
    [
        ("baseline.jpg", JpegFile.Rgb(s_scene), "image/jpeg"),
        ("progressive.jpg", JpegFile.Rgb(s_scene, progressive: true), "image/jpeg"),
        ("rgb.png", PngFile.Rgb(s_scene), "image/png"),
        ("interlaced.png", PngFile.Interlaced(s_scene), "image/png"),
        ("lossy.webp", WebPFile.Encode(s_scene), "image/webp"),
        ("lossless.webp", WebPFile.Encode(s_scene, lossless: true), "image/webp"),
        ("still.gif", GifFile.Encode(96, 64, new GifFile.Frame(s_scene)), "image/gif"),
        ("rgb.bmp", BmpFile.Rgb(s_scene), "image/bmp"),
    ];

    private static HostileImage Jpeg(string name, byte[] bytes, int status = HostileImage.Accepted) => new($"{name}.jpg", bytes, "image/jpeg", status);

    private static HostileImage Png(string name, byte[] bytes, int status = HostileImage.Accepted) => new($"{name}.png", bytes, "image/png", status);

    private static HostileImage WebP(string name, byte[] bytes, int status = HostileImage.Accepted) => new($"{name}.webp", bytes, "image/webp", status);

    private static HostileImage Gif(string name, byte[] bytes, int status = HostileImage.Accepted) => new($"{name}.gif", bytes, "image/gif", status);

    private static HostileImage Bmp(string name, byte[] bytes, int status = HostileImage.Accepted) => new($"{name}.bmp", bytes, "image/bmp", status);
}
