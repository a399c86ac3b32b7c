namespace Search.Ann.Indexes;

/// <summary>Makes one kind of index; holds that kind's options. Thread-safe.</summary>
public interface IVectorIndexFactory
{
    /// <summary>Unique, lower case, short: it appears in options, status answers and metrics.</summary>
    string Name { get; }

    IMutableVectorIndex Create(IndexShape shape);

    /// <summary>Reads what <see cref="IVectorIndex.Save"/> wrote, from where the stream stands to the end of the index and no further.</summary>
    /// <exception cref="InvalidDataException">Not an index of this kind, of a newer format, or damaged; it says where.</exception>
    IMutableVectorIndex Load(Stream stream);
}
