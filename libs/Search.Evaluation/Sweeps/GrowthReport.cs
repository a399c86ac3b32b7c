using System.Globalization;

namespace Search.Evaluation.Sweeps;

/// <summary>How the figures of each kind of index grow with the number of vectors, as text for a console.</summary>
internal static class GrowthReport
{
    public static string Of(SweepLog log)
    {
        var table = new TextTable("index", "vectors", "build s", "bytes a vector", "mapped", "effort", "recall@10", "p50 us", "p99 us", "distances");
        foreach (var point in log.Growth.OrderBy(point => point.Engine, StringComparer.Ordinal).ThenBy(point => point.Count))
        {
            table.Add(
                point.Engine, Text(point.Count, "N0"), Text(point.BuildSeconds, "N1"), Text((double)point.Bytes / point.Count, "N0"), Text((double)point.MappedBytes / point.Count, "N0"),
                Text(point.Effort, "N0"), Text(point.Recall, "0.000"), Text(point.P50Microseconds, "N1"), Text(point.P99Microseconds, "N1"), Text(point.Distances, "N0"));
        }
        return (log.Machine is { } machine ? machine + "\n\n" : "") + table;
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
