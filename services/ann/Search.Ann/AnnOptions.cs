using System.ComponentModel.DataAnnotations;
using Search.Ann.Indexes.Hnsw;
using Search.Ann.Local;

namespace Search.Ann;

/// <summary>Configuration section <c>Ann</c>.</summary>
public sealed class AnnOptions
{
    public const string Section = "Ann";

    /// <summary>Where collections live. Default <c>local</c>: files of this process.</summary>
    [Required]
    public string Engine { get; set; } = LocalCollectionEngine.EngineName;

    internal const int DefaultSegmentSize = 50_000;

    /// <summary>
    /// Pictures up to which a local collection is searched exactly, every vector at each search; above it <see cref="LargeIndex"/> is built in the background and takes over. Default
    /// 10,000: a scan of so many 128-D vectors takes 0.1 to 0.2 ms, hardly longer than a walk through a graph, and misses nothing.
    /// </summary>
    [Range(0, int.MaxValue)]
    public int ExactUpTo { get; set; } = 10_000;

    /// <summary>
    /// Kind of index of a local collection above <see cref="ExactUpTo"/>: <c>hnsw</c>, the default and the fastest at high recall; <c>forest</c>, which is built and
    /// updated several times faster; <c>lsh</c>, whose updates cost the same however large it is. A collection that has another goes over to it as its segments are merged.
    /// </summary>
    [Required]
    public string LargeIndex { get; set; } = HnswIndexFactory.IndexName;

    /// <summary>
    /// Pictures in the segment that takes writes, above <see cref="ExactUpTo"/>; at so many it is frozen into a file in the background, a graph or a forest into its form for searching alone, which is mapped. Frozen segments are merged when writes
    /// have paused for a second, or there are more than eight. More: fewer segments for a search to ask while writes go on; larger snapshots, since each has that segment whole. Default 50,000.
    /// </summary>
    [Range(1, 10_000_000)]
    public int SegmentSize { get; set; } = DefaultSegmentSize;

    /// <summary>
    /// Whether a start reads all segments to check every byte before the service is ready. Default true. False: it is ready in milliseconds, the check goes on beside the searches, and once it finds
    /// damage every search of the collection fails with the name of the section.
    /// </summary>
    public bool VerifyAtStart { get; set; } = true;

    /// <inheritdoc cref="HnswOptions.M"/>
    [Range(4, 128)]
    public int HnswM { get; set; } = 16;

    /// <inheritdoc cref="HnswOptions.EfConstruction"/>
    [Range(1, 10_000)]
    public int HnswEfConstruction { get; set; } = 200;

    /// <inheritdoc cref="HnswOptions.EfSearch"/>
    [Range(1, 10_000)]
    public int HnswEfSearch { get; set; } = 128;

    /// <summary>
    /// Share of the true nearest that approximate indexes are to find, 0 to 1: the effort of their searches is chosen for it, on queries made from what they hold. Default 0.98. 0 chooses nothing, and
    /// <see cref="HnswEfSearch"/> and the other kinds' own defaults hold; as they do for an index that has just come.
    /// </summary>
    [Range(0, 1)]
    public double TargetRecall { get; set; } = 0.98;

    /// <summary>
    /// What an acknowledged write survives. OperatingSystem, the default: the end of the process at any moment. Disk: also the loss of power, for some
    /// milliseconds a batch.
    /// </summary>
    public Durability Durability { get; set; }

    /// <summary>Writes after which the journal is folded into a snapshot. Default 10,000.</summary>
    [Range(1, int.MaxValue)]
    public int SnapshotAfterWrites { get; set; } = 10_000;

    /// <summary>Minutes after which it is, if there was any write. Default 5.</summary>
    [Range(1, 1_440)]
    public int SnapshotAfterMinutes { get; set; } = 5;

    /// <summary>Most pictures written to a collection in one batch; those that wait are taken together, none waits for more. Default 256.</summary>
    [Range(1, 10_000)]
    public int MaxBatch { get; set; } = 256;

    /// <summary>
    /// Pictures up to which a collection may be looked at as a whole, for duplicates, clusters and outliers; more is refused. Their vectors are in memory once more meanwhile. Default 200,000.
    /// </summary>
    [Range(1, 10_000_000)]
    public int MaxGroupedPictures { get; set; } = 200_000;

    /// <summary>Minutes that such a look may take; then it ends with a problem. Default 10.</summary>
    [Range(1, 1_440)]
    public int GroupingMinutes { get; set; } = 10;

    /// <summary>
    /// How long a collection is kept whose model is not in the model registry at all, counted from when this process first saw that; then it is dropped. What was released goes at once, and what no alias names any
    /// more after <c>Embedding:KeepUnnamed</c>. Default one day: time to notice a registry that is not the right one.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "3650.00:00:00")]
    public TimeSpan KeepUnknown { get; set; } = TimeSpan.FromDays(1);

    internal HnswOptions Hnsw => new() { M = HnswM, EfConstruction = HnswEfConstruction, EfSearch = HnswEfSearch };
}

/// <summary>How far a write has come when it is acknowledged.</summary>
public enum Durability
{
    OperatingSystem = 0,
    Disk = 1,
}
