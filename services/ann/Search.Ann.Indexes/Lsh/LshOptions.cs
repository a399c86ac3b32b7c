namespace Search.Ann.Indexes.Lsh;

/// <summary>
/// Parameters of locality-sensitive hashing. What is left at 0 is chosen from the data, each time the index has doubled: see <see cref="HashDesign"/>.
/// Immutable; they are stored with an index and hold for its life.
/// </summary>
public sealed record LshOptions
{
    private readonly int _tables = 16;
    private readonly int _functions;
    private readonly float _width;
    private readonly int _expectedCount;
    private readonly int _effort = 1_500;

    /// <summary>1 to 64, default 16. More: better recall for the same number of candidates; 4 to 20 bytes a vector and one more lookup at every write for each.</summary>
    public int Tables
    {
        get => _tables;
        init => _tables = OptionRange.Require(value, 1, 64);
    }

    /// <summary>
    /// Hash functions whose values together name a bucket: bits for cosine and inner product. 0 to 30; 0, the default, takes so many that a vector shares its
    /// bucket with about two hundred others, by the collisions of a sample.
    /// </summary>
    public int Functions
    {
        get => _functions;
        init => _functions = OptionRange.Require(value, 0, 30);
    }

    /// <summary>
    /// Under squared L2, the length of projection that one value of a function covers, in the unit of the vectors. 0, the default, takes twice the standard
    /// deviation of a sample's projections.
    /// </summary>
    public float Width
    {
        get => _width;
        init
        {
            if (!float.IsFinite(value) || value < 0) throw new ArgumentOutOfRangeException(nameof(value), value, "A width is positive and finite, or 0.");
            _width = value;
        }
    }

    /// <summary>Vectors that will come, where it is known: tables are made for so many at once instead of anew at every doubling. Default 0.</summary>
    public int ExpectedCount
    {
        get => _expectedCount;
        init => _expectedCount = OptionRange.Require(value, 0, 1 << 30);
    }

    /// <summary>Candidates of a search that names no effort of its own. 1 to 1,000,000, default 1,500.</summary>
    public int Effort
    {
        get => _effort;
        init => _effort = OptionRange.Require(value, 1, 1_000_000);
    }

    /// <summary>Draws the functions. The same seed and the same sequence of writes make the same tables. Default 42.</summary>
    public ulong Seed { get; init; } = 42;
}
