using System.Diagnostics;

namespace Search.Ann.Indexes.Tuning;

/// <summary>Chooses how much an approximate index has to look at for a recall that is asked for.</summary>
public static class EffortTuner
{
    /// <summary>
    /// The least effort at which recall, by the lower end of its confidence interval, reaches the target: doubled from k until it does, then halved in between. Recall grows with effort but for
    /// chance, and where it does not, the answer is still one that was measured to reach the target. The same index, queries and options give the same answer.
    /// </summary>
    /// <param name="meter">Queries and exact answers for the index's contents.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option without meaning.</exception>
    public static TunedEffort Tune(IVectorIndex index, RecallMeter meter, EffortTunerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(meter);
        options ??= new EffortTunerOptions();
        options.Validate();
        var run = new Run(index, meter, options);
        return run.Tune();
    }

    private sealed class Run(IVectorIndex index, RecallMeter meter, EffortTunerOptions options)
    {
        private readonly long _started = Stopwatch.GetTimestamp();
        private readonly List<MeasuredRecall> _tried = [];

        private bool IsTimeOver => Stopwatch.GetElapsedTime(_started) >= options.TimeLimit;

        public TunedEffort Tune()
        {
            var all = Math.Max(1, index.Count);
            var most = Math.Min(all, options.MostEffort);
            // Not even queries without a miss would prove it.
            if (RecallInterval.Best(meter.Queries) < options.TargetRecall) return Chosen(At(most), most == all ? TuningOutcome.Exhaustive : TuningOutcome.MostEffort);
            // Every kind looks at k at least; low is the largest effort known, or sure, not to do.
            var high = Math.Min(meter.K, most);
            var low = high - 1;
            while (high < all && !Reaches(high))
            {
                if (IsTimeOver) return Chosen(_tried[^1], TuningOutcome.TimeLimit);
                if (high == most) return Chosen(_tried[^1], TuningOutcome.MostEffort);
                (low, high) = (high, (int)Math.Min(most, 2L * high));
            }
            while (high - low > 1 && high > low * (1 + options.Precision))
            {
                if (IsTimeOver) return Chosen(At(high), TuningOutcome.TimeLimit);
                var middle = Math.Clamp((int)Math.Sqrt((double)low * high), low + 1, high - 1);
                if (Reaches(middle)) high = middle;
                else low = middle;
            }
            return Chosen(At(high), high >= all ? TuningOutcome.Exhaustive : TuningOutcome.Reached);
        }

        private bool Reaches(int effort) => At(effort).Low >= options.TargetRecall;

        private MeasuredRecall At(int effort)
        {
            if (_tried.Find(tried => tried.Effort == effort) is { } known) return known;
            _tried.Add(meter.Measure(index, effort));
            return _tried[^1];
        }

        private TunedEffort Chosen(MeasuredRecall measured, TuningOutcome outcome) => new()
        {
            Effort = measured.Effort,
            Outcome = outcome,
            TargetRecall = options.TargetRecall,
            Measured = measured,
            Tried = _tried,
        };
    }
}
