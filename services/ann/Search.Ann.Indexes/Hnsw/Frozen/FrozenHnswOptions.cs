using Search.Ann.Indexes.Rescoring.Codes;

namespace Search.Ann.Indexes.Hnsw.Frozen;

/// <summary>How a graph is frozen, and how the frozen one is searched.</summary>
public sealed record FrozenHnswOptions
{
    private readonly int _efSearch = 64;

    /// <summary>Candidates kept by a search that names no effort of its own; never below k. Default 64.</summary>
    public int EfSearch
    {
        get => _efSearch;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _efSearch = value;
        }
    }

    /// <summary>
    /// The code that leads the way; what it finds is scored by the vectors. Default 8-bit (<see cref="ScalarCodeOptions"/>): nearly the order of the vectors themselves. A product code
    /// (<see cref="ProductCodeOptions"/>) takes an eighth of its bytes and a bit a dimension (<see cref="BinaryCodeOptions"/>) as few; both need a larger <see cref="EfSearch"/> for the same recall.
    /// A file keeps the code it was written with.
    /// </summary>
    /// <exception cref="ArgumentNullException">Set to null.</exception>
    public CodeOptions Code
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(value));
    } = new ScalarCodeOptions();

    /// <summary>
    /// Whether an opened file's rows (code and links, 264 bytes a vector at 128 dimensions and M 16) are copied into huge pages, which every search walks faster through than through the
    /// file's own pages. Default true. False leaves them to the system's file cache, which processes share and the system may take back. The vectors always stay mapped.
    /// </summary>
    public bool RowsInMemory { get; init; } = true;
}
