using System.Globalization;

namespace Search.Evaluation.Charts;

/// <summary>Where values lie along one side of a panel.</summary>
/// <param name="Place">From a value to 0 at the start of the axis and 1 at its end; what lies outside is cut off.</param>
/// <param name="Ticks">Values with a line across the panel; a label that is empty leaves the line alone.</param>
internal sealed record ChartAxis(string Title, Func<double, double> Place, IReadOnlyList<(double Value, string Label)> Ticks)
{
    /// <summary>Room beyond the outermost values, as a factor.</summary>
    private const double Margin = 1.12;

    // Recall 1 lies where this much less would lie without it: at a distance that shows, but not out of reach.
    private const double RecallFloor = 0.0004;

    /// <summary>Powers of ten at equal distances. The ends are those of the values, with a little room.</summary>
    /// <param name="values">Above 0, at least one.</param>
    public static ChartAxis Logarithmic(string title, IEnumerable<double> values)
    {
        double[] all = [.. values];
        var (low, high) = (Math.Log10(all.Min() / Margin), Math.Log10(all.Max() * Margin));
        // Over few powers of ten the steps between them need labels, too.
        int[] labelled = high - low < 2.6 ? [1, 2, 5] : [1];
        var ticks = new List<(double, string)>();
        for (var power = (int)Math.Floor(low); power <= high; power++)
        {
            foreach (var step in (int[])[1, 2, 5])
            {
                var value = step * Math.Pow(10, power);
                if (Math.Log10(value) >= low && Math.Log10(value) <= high) ticks.Add((value, labelled.Contains(step) ? Label(value) : ""));
            }
        }
        return new ChartAxis(title, value => (Math.Log10(value) - low) / (high - low), ticks);
    }

    /// <summary>From 0 to a little beyond the largest value: lengths can be compared by eye.</summary>
    /// <param name="values">Not below 0.</param>
    public static ChartAxis Linear(string title, IEnumerable<double> values)
    {
        var high = values.DefaultIfEmpty(1).Max() * Margin;
        if (!(high > 0)) high = 1;
        // The largest of 1, 2 and 5 times a power of ten that makes at least four steps.
        var step = Enumerable.Range(-12, 30).SelectMany(power => (double[])[1, 2, 5], (power, digit) => digit * Math.Pow(10, power)).Last(step => high / step >= 4);
        return new ChartAxis(title, value => value / high, [.. Enumerable.Range(0, (int)(high / step) + 1).Select(i => (i * step, Label(i * step)))]);
    }

    /// <summary>
    /// Recall from <paramref name="least"/> to 1, by what is missed: from 0.9 to 0.99 is as far as from 0.99 to 0.999, since it costs about as much. On a linear axis all that counts would lie in the last hundredth.
    /// </summary>
    public static ChartAxis Recall(string title, double least)
    {
        static double Missed(double recall) => -Math.Log10(1 - recall + RecallFloor);
        var (low, high) = (Missed(least), Missed(1));
        double[] ticks = [0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 1];
        return new ChartAxis(title, recall => (Missed(recall) - low) / (high - low), [.. ticks.Where(tick => tick >= least).Select(tick => (tick, tick.ToString(CultureInfo.InvariantCulture)))]);
    }

    private static string Label(double value) => value switch
    {
        >= 1e6 => (value / 1e6).ToString("0.##", CultureInfo.InvariantCulture) + " M",
        >= 10_000 => (value / 1_000).ToString("0.##", CultureInfo.InvariantCulture) + " k",
        _ => value.ToString("#,##0.######", CultureInfo.InvariantCulture),
    };
}
