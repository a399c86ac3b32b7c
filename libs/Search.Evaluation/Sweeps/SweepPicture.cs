using System.Globalization;
using Search.Evaluation.Charts;

namespace Search.Evaluation.Sweeps;

/// <summary>Recall against queries a second, a panel a set; or, of a growth sweep, how each figure grows.</summary>
internal static class SweepPicture
{
    // Below, nobody would use the answers; an engine that never gets there is named in a note.
    private const double LeastRecall = 0.7;

    /// <exception cref="InvalidDataException">There is nothing to draw.</exception>
    public static ChartPage Of(SweepLog log) => log.Points.Count > 0 ? Curves(log) : log.Growth.Count > 0 ? Growth(log) : throw new InvalidDataException("There are no results in it to draw.");

    private static ChartPage Curves(SweepLog log) => new(
        "Queries a second against recall",
        "One query at a time on one thread, ten nearest; median of the rounds. Up and to the right is better. In colour: this library; grey: the peers.",
        Caption(log),
        [.. log.Points.GroupBy(point => point.Set, StringComparer.Ordinal).Select(set => Curves(log.Sets.GetValueOrDefault(set.Key), set.Key, [.. set]))],
        Columns: 1);

    private static ChartPanel Curves(SweepSet? set, string name, SweepPoint[] points)
    {
        var series = points.GroupBy(point => point.Engine, StringComparer.Ordinal)
            .Select(engine => new ChartSeries(EngineStyle.Label(engine.Key), EngineStyle.Of(engine.Key), Points(engine)))
            .ToLookup(series => series.Points.Any(point => point.X >= LeastRecall));
        var shown = series[true].ToArray();
        var speeds = shown.SelectMany(line => line.Points).Where(point => point.X >= LeastRecall).Select(point => point.Y);
        var missing = series[false].Select(line => string.Create(CultureInfo.InvariantCulture, $"{line.Name} ({line.Points.Max(point => point.X):0.00})")).ToArray();
        return new ChartPanel(
            set is null ? name : string.Create(CultureInfo.InvariantCulture, $"{name}: {set.Count:N0} vectors of {set.Dimension} dimensions"),
            ChartAxis.Recall("recall@10", LeastRecall),
            ChartAxis.Logarithmic("queries a second", shown.Length == 0 ? [1] : speeds),
            shown,
            missing.Length == 0 ? "" : "Not shown, for too little recall: " + string.Join(", ", missing));
    }

    /// <summary>Medians of the rounds, without those that find no more than a faster one: nobody would choose them, and they hide what lies behind.</summary>
    private static (double, double)[] Points(IEnumerable<SweepPoint> points)
    {
        var medians = points.GroupBy(point => point.Effort).Select(effort =>
            (Recall: Median.Of(effort.Select(point => (double?)point.Recall))!.Value, Speed: Median.Of(effort.Select(point => (double?)point.QueriesPerSecond))!.Value)).ToArray();
        return [.. medians.Where(point => !medians.Any(other => other != point && other.Recall >= point.Recall && other.Speed >= point.Speed)).Distinct().OrderBy(point => point.Recall)];
    }

    private static ChartPage Growth(SweepLog log) => new(
        "How the indexes grow",
        string.Create(CultureInfo.InvariantCulture, $"Clustered unit vectors of {log.Growth[0].Dimension} dimensions; searched at the least effort that reaches the target recall, one query at a time on one thread."),
        Caption(log),
        [
            Growth(log, "Time to build", values => ChartAxis.Logarithmic("seconds", values), point => point.BuildSeconds),
            Growth(log, "Memory, without what is mapped from files", values => ChartAxis.Linear("bytes a vector", values), point => (double)point.Bytes / point.Count),
            Growth(log, "Latency of a search, median", values => ChartAxis.Logarithmic("microseconds", values), point => point.P50Microseconds),
            Growth(log, "Latency of a search, 99th percentile", values => ChartAxis.Logarithmic("microseconds", values), point => point.P99Microseconds),
            Growth(log, "Distances computed", values => ChartAxis.Logarithmic("a search", values), point => point.Distances),
            Growth(log, "Recall reached", _ => ChartAxis.Recall("recall@10", LeastRecall), point => point.Recall),
        ],
        Columns: 2);

    private static ChartPanel Growth(SweepLog log, string title, Func<IEnumerable<double>, ChartAxis> axis, Func<GrowthPoint, double> value)
    {
        // A time that rounds to nothing has no place on an axis of powers.
        var lines = log.Growth.GroupBy(point => point.Engine, StringComparer.Ordinal).Select(engine => new ChartSeries(
            EngineStyle.Label(engine.Key), EngineStyle.Of(engine.Key), [.. engine.OrderBy(point => point.Count).Select(point => (X: (double)point.Count, Y: value(point))).Where(point => point.Y > 0)]));
        ChartSeries[] shown = [.. lines.Where(line => line.Points.Count > 0)];
        return new ChartPanel(
            title, ChartAxis.Logarithmic("vectors", log.Growth.Select(point => (double)point.Count)), axis(shown.SelectMany(line => line.Points).Select(point => point.Y).DefaultIfEmpty(1)), shown);
    }

    private static string Caption(SweepLog log) => log.Machine?.ToString() ?? "The machine is not known.";
}
