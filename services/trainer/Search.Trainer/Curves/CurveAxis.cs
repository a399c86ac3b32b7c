using System.Globalization;
using Search.Evaluation.Charts;

namespace Search.Trainer.Curves;

/// <summary>An axis over what there is, negative values too: regularisers have them.</summary>
internal static class CurveAxis
{
    private const int MostTicks = 6;

    /// <param name="values">Finite, at least one.</param>
    /// <param name="fromZero">Whether 0 is on the axis, so that lengths can be compared by eye.</param>
    public static ChartAxis Of(string title, IReadOnlyCollection<double> values, bool fromZero)
    {
        var low = fromZero ? Math.Min(0, values.Min()) : values.Min();
        var high = fromZero ? Math.Max(0, values.Max()) : values.Max();
        if (!(high > low))
            (low, high) = (low - 0.5, high + 0.5);
        var power = Math.Pow(10, Math.Floor(Math.Log10(high - low)) - 1);
        var step = ((int[])[1, 2, 5, 10, 20, 50, 100]).Select(digit => digit * power).First(size => (high - low) / size <= MostTicks);
        var first = Math.Ceiling(low / step);
        var count = (int)(Math.Floor(high / step) - first) + 1;
        return new ChartAxis(title, value => (value - low) / (high - low),
            [.. Enumerable.Range(0, count).Select(i => (first + i) * step).Select(tick => (tick, tick.ToString("G4", CultureInfo.InvariantCulture)))]);
    }
}
