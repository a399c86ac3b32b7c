using Search.Evaluation.Charts;
using static Search.Evaluation.ReportPage;

namespace Search.Evaluation;

/// <summary>Small charts as SVG elements: nothing to load, sharp on paper.</summary>
internal static class SvgChart
{
    private const int Left = 44, Bottom = 30, Top = 22, Right = 10;

    /// <summary>One colour a model.</summary>
    public static IReadOnlyList<string> ModelColours { get; } = ["#1d4ed8", "#b45309", "#6b7280", "#7c3aed"];

    /// <summary>One colour a category: distinguishable on white, also with the common colour blindnesses (after Okabe and Ito).</summary>
    public static IReadOnlyList<string> CategoryColours { get; } =
        ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9", "#7f6a00", "#555555"];

    /// <summary>Lines over x in [0, 1] with y in [0, 1].</summary>
    /// <param name="title">Above the chart.</param>
    /// <param name="ticks">Places and labels on the x axis.</param>
    /// <param name="lines">One a model: colour, and points.</param>
    public static string Lines(
        string title, IReadOnlyList<(double X, string Label)> ticks, IReadOnlyList<(string Colour, IReadOnlyList<(double X, double Y)> Points)> lines)
    {
        const int width = 340, height = 220;
        var svg = Open(width, height, title);
        double X(double x) => Left + x * (width - Left - Right);
        double Y(double y) => height - Bottom - y * (height - Bottom - Top);
        Grid(svg, width, Y);
        foreach (var (x, label) in ticks)
            svg.Add($"<text x=\"{X(x):F1}\" y=\"{height - Bottom + 15}\" text-anchor=\"middle\">{label}</text>");
        foreach (var (colour, points) in lines)
        {
            var corners = string.Concat(points.Select(p => Invariant($"{X(p.X):F1},{Y(p.Y):F1} ")));
            svg.Add($"<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" points=\"{corners}\"/>");
        }
        return svg.Add($"</svg>").ToString();
    }

    /// <summary>Means with intervals: one group a name, one whisker a model.</summary>
    public static string Whiskers(string title, IReadOnlyList<(string Name, IReadOnlyList<ConfidenceInterval?> Models)> groups)
    {
        var width = Math.Max(340, Left + Right + 92 * groups.Count);
        const int height = 220;
        var svg = Open(width, height, title);
        double Y(double y) => height - Bottom - Math.Clamp(y, 0, 1) * (height - Bottom - Top);
        Grid(svg, width, Y);
        var step = (width - Left - Right) / (double)Math.Max(1, groups.Count);
        for (var g = 0; g < groups.Count; g++)
        {
            var middle = Left + (g + 0.5) * step;
            svg.Add($"<text x=\"{middle:F1}\" y=\"{height - Bottom + 15}\" text-anchor=\"middle\">{groups[g].Name}</text>");
            for (var m = 0; m < groups[g].Models.Count; m++)
            {
                if (groups[g].Models[m] is not { } interval)
                    continue;
                var x = middle + (m - (groups[g].Models.Count - 1) / 2.0) * 16;
                var colour = ModelColours[m % ModelColours.Count];
                svg.Add($"<line x1=\"{x:F1}\" x2=\"{x:F1}\" y1=\"{Y(interval.Lower):F1}\" y2=\"{Y(interval.Upper):F1}\" stroke=\"{colour}\" stroke-width=\"2\"/>");
                svg.Add($"<circle cx=\"{x:F1}\" cy=\"{Y(interval.Mean):F1}\" r=\"4\" fill=\"{colour}\"><title>{interval.Mean:F3} ({interval.Lower:F3} to {interval.Upper:F3})</title></circle>");
            }
        }
        return svg.Add($"</svg>").ToString();
    }

    /// <summary>A map of points; unseen ones have a dark rim.</summary>
    public static string Map(EmbeddingMap map)
    {
        const int side = 520;
        var svg = Open(side, side, map.Model);
        foreach (var (x, y, category, unseen) in map.Points.OrderBy(p => p.Unseen))
        {
            var colour = CategoryColours[category % CategoryColours.Count];
            svg.Add($"<circle cx=\"{12 + x * (side - 24):F1}\" cy=\"{22 + y * (side - 34):F1}\" r=\"{(unseen ? 3.6 : 2.6)}\" fill=\"{colour}\" fill-opacity=\"{(unseen ? 1 : 0.45):F2}\" stroke=\"{(unseen ? "#111" : "none")}\" stroke-width=\"0.8\"/>");
        }
        return svg.Add($"</svg>").ToString();
    }

    private static SvgText Open(int width, int height, string title) => new SvgText()
        .Add($"<svg viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"{title}\">")
        .Add($"<text x=\"{Left}\" y=\"10\" class=\"t\">{title}</text>");

    private static void Grid(SvgText svg, int width, Func<double, double> y)
    {
        for (var i = 0; i <= 5; i++)
        {
            var at = y(i / 5.0);
            svg.Add($"<line x1=\"{Left}\" x2=\"{width - Right}\" y1=\"{at:F1}\" y2=\"{at:F1}\" class=\"g\"/>");
            svg.Add($"<text x=\"{Left - 6}\" y=\"{at + 4:F1}\" text-anchor=\"end\">{i / 5.0:F1}</text>");
        }
    }
}
