using System.Globalization;
using Search.Evaluation.Charts;

namespace Search.Trainer.Curves;

/// <summary>A run's curves as one page that needs nothing else.</summary>
internal static class CurvePage
{
    /// <summary>More do not show; a line of more steps is drawn by means of neighbours, which also takes out what jumps from batch to batch.</summary>
    private const int LargestLine = 120;

    private static readonly string[] s_colours = ["#0b57d0", "#e4610a", "#00857a", "#8131b5", "#c8255f", "#8a5a44"];

    /// <param name="points">In the order of the run, at least one.</param>
    /// <param name="isLive">Whether the page is to load itself again.</param>
    public static string Html(IReadOnlyList<CurvePoint> points, bool isLive)
    {
        var steps = StepsOfRun(points);
        Line Over(string name, Func<CurvePoint, double?> value) => LineOf(name, points.Select((p, i) => (X: (double)steps[i], Y: value(p))));
        string[] terms = [.. points.SelectMany(p => p.Terms?.Keys ?? []).Distinct()];
        var last = points[^1];
        ChartPanel?[] panels =
        [
            Panel("Loss", "step", [Over("loss", p => p.Loss), .. terms.Length < 2 ? [] : terms.Select(term => Over(term, p => p.Terms is { } t && t.TryGetValue(term, out var value) ? value : null))]),
            Panel("On photos set aside", "step", [Over("category P@1", p => p.CategoryPrecision), Over("shopper R@1", p => p.ShopperRecall)], fromZero: false),
            Panel("Learning rate", "step", [Over("top convolutions", p => p.LearningRate)]),
            Panel("Images a second, mean of the stage so far", "step", [Over("images/s", p => p.ImagesPerSecond)]),
            Panel("Resident memory, MiB", "minute", [LineOf("MiB", points.Select(p => (p.Seconds / 60, (double?)p.ResidentMebibytes)))]),
        ];
        var svg = SvgPage.Draw(new ChartPage(
            "Training", string.Create(CultureInfo.InvariantCulture, $"{last.Stage}, step {last.Step} of {last.Steps}, {last.Seconds / 60:F1} minutes"), Memory(points),
            // One below the other: terms have long names, which stand beside their lines.
            [.. panels.OfType<ChartPanel>()], Columns: 1));
        return $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>Training</title>{(isLive ? "<meta http-equiv=\"refresh\" content=\"60\">" : "")}</head>
            <body style="margin:0">
            {svg}</body></html>

            """;
    }

    /// <summary>Whether memory grows is read from the last hour: at the start everything grows.</summary>
    private static string Memory(IReadOnlyList<CurvePoint> points)
    {
        double[] hour = [.. points.Where(p => p.Seconds >= points[^1].Seconds - 3600).Select(p => p.ResidentMebibytes)];
        return string.Create(CultureInfo.InvariantCulture,
            $"Resident memory in the last {Math.Min(60, points[^1].Seconds / 60):F0} minutes: {hour[0]:F0} MiB at their start, {hour[^1]:F0} at their end, {hour.Min():F0} to {hour.Max():F0} between.");
    }

    /// <summary>The step of each point, counted through all stages.</summary>
    private static int[] StepsOfRun(IReadOnlyList<CurvePoint> points)
    {
        var steps = new int[points.Count];
        for (int i = 0, before = 0; i < steps.Length; i++)
        {
            if (i > 0 && points[i].Stage != points[i - 1].Stage)
                before = steps[i - 1];
            steps[i] = before + points[i].Step;
        }
        return steps;
    }

    private static Line LineOf(string name, IEnumerable<(double X, double? Y)> values)
    {
        (double X, double Y)[] known = [.. values.Where(v => v.Y is { } y && double.IsFinite(y)).Select(v => (v.X, v.Y!.Value))];
        return new Line(name, [.. known.Chunk(Math.Max(1, (known.Length + LargestLine - 1) / LargestLine)).Select(part => (part.Average(v => v.X), part.Average(v => v.Y)))]);
    }

    /// <summary>Null where there is nothing to draw.</summary>
    private static ChartPanel? Panel(string title, string along, IEnumerable<Line> lines, bool fromZero = true)
    {
        Line[] drawn = [.. lines.Where(line => line.Points.Count > 0)];
        if (drawn.Length == 0)
            return null;
        (double X, double Y)[] all = [.. drawn.SelectMany(line => line.Points)];
        return new ChartPanel(
            title, CurveAxis.Of(along, [.. all.Select(p => p.X)], fromZero: true), CurveAxis.Of("", [.. all.Select(p => p.Y)], fromZero),
            [.. drawn.Select((line, i) => new ChartSeries(line.Name, new ChartStyle(s_colours[i % s_colours.Length], "", IsProminent: i == 0), line.Points))]);
    }

    private sealed record Line(string Name, IReadOnlyList<(double X, double Y)> Points);
}
