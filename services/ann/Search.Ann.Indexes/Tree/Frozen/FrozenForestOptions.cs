namespace Search.Ann.Indexes.Tree.Frozen;

/// <summary>How a frozen forest is searched.</summary>
public sealed record FrozenForestOptions
{
    private readonly int _effort = new ForestOptions().Effort;

    /// <summary>Candidates of a search that names no effort of its own. 1 to 1,000,000, default 1,500: as of <see cref="ForestOptions.Effort"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public int Effort
    {
        get => _effort;
        init => _effort = OptionRange.Require(value, 1, 1_000_000);
    }
}
