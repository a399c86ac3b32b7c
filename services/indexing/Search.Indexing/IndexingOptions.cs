using System.ComponentModel.DataAnnotations;
using Search.Imaging;

namespace Search.Indexing;

/// <summary>Configuration section <c>Indexing</c>.</summary>
public sealed class IndexingOptions
{
    public const string Section = "Indexing";

    /// <summary>The one folder that bulk imports may read pictures from by path. Default none: such imports are refused.</summary>
    public string? ImportRoot { get; set; }

    /// <summary>Largest picture file, bytes. Default 20 MiB. At most 1 GiB.</summary>
    [Range(1, 1 << 30)]
    public int MaxImageBytes { get; set; } = ImageLimits.Default.MaxBytes;

    /// <summary>Largest picture, width × height. Default 50 million; one decode takes about 4 bytes for each.</summary>
    [Range(1L, int.MaxValue / 4)]
    public long MaxImagePixels { get; set; } = ImageLimits.Default.MaxPixels;

    /// <summary>Longest side of a picture, pixels. Default 16,384.</summary>
    [Range(1, 1_000_000)]
    public int MaxImageSide { get; set; } = ImageLimits.Default.MaxSide;

    /// <summary>Pictures an item may have. Default 16.</summary>
    [Range(1, 1000)]
    public int MaxImagesPerItem { get; set; } = 16;

    /// <summary>Longest line of a bulk import, bytes; bounds the memory of one import. Default 32 MiB, room for a picture of 20 MiB as base64.</summary>
    [Range(1024, 1 << 30)]
    public int MaxImportLineBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>
    /// Pictures handed to the embedding service and not yet embedded. Larger keeps more embedding services busy, smaller keeps queues short.
    /// Default 1,000.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MaxPicturesInFlight { get; set; } = 1000;

    /// <summary>A picture that nothing was heard of for so long is sent again. Default 10 minutes: longer than a full queue takes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan ResendAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Pictures a second that are sent again to fill the collection of a model that is served beside the active one. More fills it sooner and takes more of the processors from searches and imports.
    /// Default 25: 1,500 pictures a minute.
    /// </summary>
    [Range(1, 100_000)]
    public int ReembedPerSecond { get; set; } = 25;

    /// <summary>How long an uploaded picture waits for an import to name it. Default one day.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan UploadLifetime { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Pictures decoded at a time for uploads and thumbnails. Default one a core. Some more wait; beyond that the answer is 503.</summary>
    [Range(1, 1024)]
    public int MaxDecodes { get; set; } = Environment.ProcessorCount;

    /// <summary>Memory for thumbnails that were made already, MiB. Default 32.</summary>
    [Range(1, 65_536)]
    public int ThumbnailCacheMiB { get; set; } = 32;

    internal ImageLimits Limits => new() { MaxBytes = MaxImageBytes, MaxPixels = MaxImagePixels, MaxSide = MaxImageSide };

    /// <summary>Largest PUT request: every picture at its limit and room for the rest of the form.</summary>
    internal long MaxItemRequestBytes => ((long)MaxImagesPerItem * MaxImageBytes) + (1 << 20);
}
