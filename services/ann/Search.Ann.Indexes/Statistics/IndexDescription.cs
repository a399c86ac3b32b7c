namespace Search.Ann.Indexes;

/// <summary>What an index is and holds, for people and dashboards. While writes go on, a picture of about this moment.</summary>
public sealed record IndexDescription
{
    /// <summary><see cref="IVectorIndex.Name"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Its metric and dimension.</summary>
    public required IndexShape Shape { get; init; }

    /// <summary>Number of ids.</summary>
    public required int Count { get; init; }

    /// <summary>Different vectors: fewer than ids where the index keeps equal ones once.</summary>
    public required int Vectors { get; init; }

    /// <summary>The options in force by name, with what was chosen from the data; numbers in invariant form.</summary>
    public required IReadOnlyDictionary<string, string> Options { get; init; }

    /// <summary>Time spent in writes since the index was made or loaded; for one that is only searched, in making it.</summary>
    public required TimeSpan BuildTime { get; init; }

    /// <summary>Its bytes by part.</summary>
    public required IndexMemory Memory { get; init; }

    /// <summary>How its parts are filled: links of a node by level, vectors of a leaf or a bucket. Empty where there are no such parts.</summary>
    public IReadOnlyList<Histogram> Structure { get; init; } = [];
}
