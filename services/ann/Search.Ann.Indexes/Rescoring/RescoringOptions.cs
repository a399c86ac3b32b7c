namespace Search.Ann.Indexes.Rescoring;

/// <summary>How many candidates are scored again.</summary>
public sealed record RescoringOptions
{
    private readonly double _oversampling = 4;

    /// <summary>
    /// Candidates for each result that is wanted, where a search names no effort of its own; at least 1, default 4. 8-bit codes need 1 to 2, product codes 4 to 20, one-bit codes 10 to 100: measure, or let
    /// <see cref="Tuning.EffortTuner"/> choose.
    /// </summary>
    public double Oversampling
    {
        get => _oversampling;
        init
        {
            if (value is not (>= 1 and <= 1e6)) throw new ArgumentOutOfRangeException(nameof(value), value, "Oversampling is 1 to 1,000,000.");
            _oversampling = value;
        }
    }
}
