using Search.Ann.Indexes;
using Search.Ann.Indexes.Hnsw;

namespace Search.Ann.Local;

/// <summary>What all local collections share.</summary>
/// <param name="ExactUpTo">Pictures up to which search is exact.</param>
/// <param name="FlushToDisk">Whether an acknowledged write is on the disk, not only with the operating system.</param>
internal sealed record LocalSettings(IndexCatalogue Catalogue, int ExactUpTo, bool FlushToDisk, TimeProvider Time)
{
    /// <summary>Kind of index that takes over above <see cref="ExactUpTo"/>; any in the catalogue but the exact one.</summary>
    public string LargeIndex { get; init; } = HnswIndexFactory.IndexName;

    /// <summary>Pictures at which a segment of that kind takes no more writes and is frozen.</summary>
    public int SegmentSize { get; init; } = AnnOptions.DefaultSegmentSize;

    /// <summary>How long writes must have paused before frozen segments are merged, unless there are many.</summary>
    public TimeSpan MergeAfterQuiet { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether a start checks every byte of the segments before it answers.</summary>
    public FileVerification Verification { get; init; }
}
