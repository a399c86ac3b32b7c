using System.Globalization;
using System.Net;
using System.Text;

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
            svg.Append(Invariant($"<text x=\"{X(x):F1}\" y=\"{height - Bottom + 15}\" text-anchor=\"middle\">{label}</text>"));
        foreach (var (colour, points) in lines)
        {
            svg.Append(Invariant($"<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" points=\""));
            foreach (var (x, y) in points)
                svg.Append(Invariant($"{X(x):F1},{Y(y):F1} "));
            svg.Append("\"/>");
        }
        return svg.Append("</svg>").ToString();
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
            svg.Append(Invariant($"<text x=\"{middle:F1}\" y=\"{height - Bottom + 15}\" text-anchor=\"middle\">{Encode(groups[g].Name)}</text>"));
            for (var m = 0; m < groups[g].Models.Count; m++)
            {
                if (groups[g].Models[m] is not { } interval)
                    continue;
                var x = middle + (m - (groups[g].Models.Count - 1) / 2.0) * 16;
                var colour = ModelColours[m % ModelColours.Count];
                svg.Append(Invariant($"<line x1=\"{x:F1}\" x2=\"{x:F1}\" y1=\"{Y(interval.Lower):F1}\" y2=\"{Y(interval.Upper):F1}\" stroke=\"{colour}\" stroke-width=\"2\"/>"));
                svg.Append(Invariant($"<circle cx=\"{x:F1}\" cy=\"{Y(interval.Mean):F1}\" r=\"4\" fill=\"{colour}\"><title>{interval.Mean:F3} ({interval.Lower:F3} to {interval.Upper:F3})</title></circle>"));
            }
        }
        return svg.Append("</svg>").ToString();
    }

    /// <summary>A map of points; unseen ones have a dark rim.</summary>
    public static string Map(EmbeddingMap map)
    {
        const int side = 520;
        var svg = Open(side, side, map.Model);
        foreach (var (x, y, category, unseen) in map.Points.OrderBy(p => p.Unseen))
        {
            var colour = CategoryColours[category % CategoryColours.Count];
            svg.Append(Invariant($"<circle cx=\"{12 + x * (side - 24):F1}\" cy=\"{22 + y * (side - 34):F1}\" r=\"{(unseen ? 3.6 : 2.6)}\" fill=\"{colour}\" fill-opacity=\"{(unseen ? 1 : 0.45)}\""));
            svg.Append(unseen ? " stroke=\"#111\" stroke-width=\"0.8\"/>" : "/>");
        }
        return svg.Append("</svg>").ToString();
    }

    public static string Encode(string text) => WebUtility.HtmlEncode(text);

    public static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static StringBuilder Open(int width, int height, string title) => new StringBuilder()
        .Append(Invariant($"<svg viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"{Encode(title)}\">"))
        .Append(Invariant($"<text x=\"{Left}\" y=\"10\" class=\"t\">{Encode(title)}</text>"));

    private static void Grid(StringBuilder svg, int width, Func<double, double> y)
    {
        for (var i = 0; i <= 5; i++)
        {
            var at = y(i / 5.0);
            svg.Append(Invariant($"<line x1=\"{Left}\" x2=\"{width - Right}\" y1=\"{at:F1}\" y2=\"{at:F1}\" class=\"g\"/>"));
            svg.Append(Invariant($"<text x=\"{Left - 6}\" y=\"{at + 4:F1}\" text-anchor=\"end\">{i / 5.0:F1}</text>"));
        }
    }
}
