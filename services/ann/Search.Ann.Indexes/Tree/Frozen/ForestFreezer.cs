using Search.Ann.Indexes.Candidates;

namespace Search.Ann.Indexes.Tree.Frozen;

/// <summary>Makes the read-only form of a forest, which a file can be mapped as.</summary>
public static class ForestFreezer
{
    /// <summary>
    /// Copies the forest as it stands into an index that is only searched, without what only writes need and without gaps. Searches go the same way, look at the same vectors and give the same answers to the
    /// bit; with a filter, too, as long as no vector has been removed. The live index is not changed and may be disposed of. Writers wait meanwhile.
    /// </summary>
    /// <exception cref="ArgumentException">Not a forest that takes writes.</exception>
    public static IVectorIndex Freeze(IVectorIndex live, FrozenForestOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(live);
        var frozen = (live as IHeldCandidates)?.Hold((shape, table, source) => source is Forest forest ? ForestCopy.Of(shape, table, forest, options ?? new FrozenForestOptions()) : null);
        return frozen ?? throw new ArgumentException($"An index of kind '{live.Name}' is no forest that could be frozen.", nameof(live));
    }

    /// <summary>Reads what <see cref="IVectorIndex.Save"/> of a frozen forest wrote, into memory, from where the stream stands to the end of the index and no further.</summary>
    /// <exception cref="InvalidDataException">Not such a file, of a newer format, or damaged; it says where.</exception>
    public static IVectorIndex Load(Stream stream, FrozenForestOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return FrozenForestFile.Load(stream, options ?? new FrozenForestOptions());
    }

    /// <summary>
    /// Opens a file that <see cref="IVectorIndex.Save"/> of a frozen forest wrote, where it lies: trees and vectors stay on the disk, mapped, and a search brings the nodes that it passes and the vectors that it
    /// scores. Of its own the index keeps a few hundred bytes a tree. The file may be deleted, but never changed, while the index is open.
    /// </summary>
    /// <exception cref="InvalidDataException">Not such a file, of a newer format, or damaged; it says where.</exception>
    public static IVectorIndex Open(string path, FrozenForestOptions? options = null, FileVerification verification = FileVerification.AtOpen)
    {
        ArgumentNullException.ThrowIfNull(path);
        return FrozenForestFile.Open(path, options ?? new FrozenForestOptions(), verification);
    }
}
