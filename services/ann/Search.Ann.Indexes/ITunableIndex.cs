namespace Search.Ann.Indexes;

/// <summary>An index whose searches may look at more or less.</summary>
public interface ITunableIndex : IVectorIndex
{
    /// <summary>
    /// <see cref="SearchOptions.Effort"/> of a search that names none: at first what the index's options say. May be set at any time, e.g. to what <see cref="Tuning.EffortTuner"/> found; not saved, and a loaded
    /// index starts with its options.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to less than 1.</exception>
    int DefaultEffort { get; set; }
}
