using Search.Ann.Indexes;

namespace Search.Ann.Local;

/// <summary>What all local collections share.</summary>
/// <param name="ExactUpTo">Pictures up to which search is exact.</param>
/// <param name="FlushToDisk">Whether an acknowledged write is on the disk, not only with the operating system.</param>
internal sealed record LocalSettings(IndexCatalogue Catalogue, int ExactUpTo, bool FlushToDisk, TimeProvider Time);
