namespace Search.Evaluation.Sweeps;

/// <summary>One engine's points of recall and queries a second, at one effort each, and what lies between them. Immutable.</summary>
/// <param name="points">Recall in [0, 1] and queries a second above 0, in any order; at least one.</param>
internal sealed class RecallCurve(IEnumerable<(double Recall, double QueriesPerSecond)> points)
{
    // Of equal recall the slowest first, as the script of the peers has them: a line into such a group ends at its slowest.
    private readonly (double Recall, double QueriesPerSecond)[] _points = [.. points.Order()];

    public double MostRecall => _points[^1].Recall;

    /// <summary>
    /// The most queries a second at which the engine finds at least so much, logarithmic between two of its points; null where it never does. An engine that starts above the
    /// recall asked for counts with the fastest of its points there: nothing is extrapolated.
    /// </summary>
    public double? QueriesPerSecondAt(double recall)
    {
        double? best = null;
        foreach (var point in _points)
        {
            if (point.Recall >= recall) best = Math.Max(best ?? 0, point.QueriesPerSecond);
        }
        for (var i = 1; i < _points.Length; i++)
        {
            var (low, high) = (_points[i - 1], _points[i]);
            if (low.Recall >= recall || high.Recall < recall) continue;
            var share = (recall - low.Recall) / (high.Recall - low.Recall);
            best = Math.Max(best ?? 0, Math.Exp(Math.Log(low.QueriesPerSecond) * (1 - share) + Math.Log(high.QueriesPerSecond) * share));
        }
        return best;
    }
}
