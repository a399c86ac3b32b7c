using Search.Ann.Indexes.Storage;

namespace Search.Ann.Indexes;

/// <summary>Makes one kind of index; holds that kind's options. Thread-safe.</summary>
public interface IVectorIndexFactory
{
    /// <summary>Unique, lower case, short: it appears in options, status answers and metrics.</summary>
    string Name { get; }

    /// <summary>A new, empty index, which belongs to the caller.</summary>
    IMutableVectorIndex Create(IndexShape shape);

    /// <summary>Reads what <see cref="IVectorIndex.Save"/> wrote, from where the stream stands to the end of the index and no further.</summary>
    /// <exception cref="InvalidDataException">Not an index of this kind, of a newer format, or damaged; it says where.</exception>
    IMutableVectorIndex Load(Stream stream);

    /// <summary>
    /// The form in which an index that takes no more writes is best searched: one of its own where the kind has such a form, otherwise the index itself. Nobody may write to it meanwhile; it may be searched.
    /// </summary>
    IVectorIndex Freeze(IMutableVectorIndex index) => index;

    /// <summary>
    /// Opens a file with what <see cref="IVectorIndex.Save"/> of a frozen index wrote, mapped where the kind knows how to; the file may be deleted, never changed, while it is open. The index is not to
    /// be written to.
    /// </summary>
    /// <exception cref="InvalidDataException">Not such a file, of a newer format, or damaged; it says where.</exception>
    IVectorIndex Open(string path, FileVerification verification = FileVerification.AtOpen) => WholeFile.Load(path, Load);
}
