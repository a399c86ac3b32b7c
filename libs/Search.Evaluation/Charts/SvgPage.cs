namespace Search.Evaluation.Charts;

/// <summary>Draws a <see cref="ChartPage"/>: text that a browser shows as it is, small enough to be committed. White behind it, so that it can be read on dark pages too.</summary>
internal static class SvgPage
{
    private const double Width = 1_000;
    private const double Head = 74;
    private const double Foot = 44;
    private const double TitleRoom = 34;
    private const double AxisRoom = 58;
    private const double LeftRoom = 62;
    private const double LabelHeight = 15;
    // Of the bold ones, in the widest of the usual fonts.
    private const double CharacterWidth = 7.6;

    public static string Draw(ChartPage page)
    {
        var rows = (page.Panels.Count + page.Columns - 1) / page.Columns;
        var panelWidth = Width / page.Columns;
        var panelHeight = page.Columns == 1 ? 430.0 : 330.0;
        var height = Head + rows * panelHeight + Foot;
        var svg = new SvgText()
            .Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" width=\"{Width}\" height=\"{height}\" role=\"img\" aria-label=\"{page.Title}\">")
            .Add($"<style>text{{font-family:system-ui,-apple-system,'Segoe UI',Helvetica,Arial,sans-serif;font-size:12px;fill:#3c4654}}.t{{font-size:20px;font-weight:600;fill:#17202b}}.p{{font-size:15px;font-weight:600;fill:#17202b}}.s{{fill:#6b7683}}.g{{stroke:#e4e8ec}}.m{{stroke:#f1f3f5}}.h{{paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}}</style>")
            .Add($"<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#fff\"/>")
            .Add($"<text class=\"t\" x=\"20\" y=\"34\">{page.Title}</text>")
            .Add($"<text class=\"s\" x=\"20\" y=\"55\">{page.Subtitle}</text>");
        for (var i = 0; i < page.Panels.Count; i++)
            Panel(svg, page.Panels[i], i, i % page.Columns * panelWidth, Head + i / page.Columns * panelHeight, panelWidth, panelHeight);
        return svg.Add($"<text class=\"s\" x=\"20\" y=\"{height - 18}\">{page.Caption}</text>").Add($"</svg>").ToString();
    }

    private static void Panel(SvgText svg, ChartPanel panel, int number, double left, double top, double width, double height)
    {
        var names = panel.Series.Select(series => series.Name.Length).DefaultIfEmpty().Max() * CharacterWidth + 38;
        var plot = new Plot(left + LeftRoom, top + TitleRoom, width - LeftRoom - names, height - TitleRoom - AxisRoom, panel);
        svg.Add($"<text class=\"p\" x=\"{left + 20}\" y=\"{top + 20}\">{panel.Title}</text>");
        Grid(svg, plot);
        svg.Add($"<clipPath id=\"c{number}\"><rect x=\"{plot.Left - 4}\" y=\"{plot.Top - 4}\" width=\"{plot.Width + 8}\" height=\"{plot.Height + 8}\"/></clipPath>");
        svg.Add($"<g clip-path=\"url(#c{number})\">");
        foreach (var series in panel.Series.OrderBy(series => series.Style.IsProminent))
            Line(svg, plot, series);
        svg.Add($"</g>");
        Labels(svg, plot);
        if (panel.Note.Length > 0) svg.Add($"<text class=\"s\" x=\"{plot.Left}\" y=\"{plot.Bottom + 50}\">{panel.Note}</text>");
    }

    private static void Grid(SvgText svg, Plot plot)
    {
        foreach (var (value, label) in plot.Panel.X.Ticks)
        {
            var x = plot.X(value);
            svg.Add($"<path class=\"{(label.Length > 0 ? "g" : "m")}\" d=\"M{x} {plot.Top}V{plot.Bottom}\"/>");
            if (label.Length > 0) svg.Add($"<text x=\"{x}\" y=\"{plot.Bottom + 17}\" text-anchor=\"middle\">{label}</text>");
        }
        foreach (var (value, label) in plot.Panel.Y.Ticks)
        {
            var y = plot.Y(value);
            svg.Add($"<path class=\"{(label.Length > 0 ? "g" : "m")}\" d=\"M{plot.Left} {y}H{plot.Right}\"/>");
            if (label.Length > 0) svg.Add($"<text x=\"{plot.Left - 8}\" y=\"{y + 4}\" text-anchor=\"end\">{label}</text>");
        }
        svg.Add($"<text class=\"s\" x=\"{plot.Left + plot.Width / 2}\" y=\"{plot.Bottom + 34}\" text-anchor=\"middle\">{plot.Panel.X.Title}</text>");
        svg.Add($"<text class=\"s\" transform=\"translate({plot.Left - 46} {plot.Top + plot.Height / 2}) rotate(-90)\" text-anchor=\"middle\">{plot.Panel.Y.Title}</text>");
    }

    private static void Line(SvgText svg, Plot plot, ChartSeries series)
    {
        var (colour, dashes, prominent) = series.Style;
        var points = series.Points.Select(plot.At).ToArray();
        var path = new SvgPath(points).ToString();
        if (points.Length > 1) svg.Add($"<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{(prominent ? 2.4 : 1.5)}\" stroke-dasharray=\"{(dashes.Length > 0 ? dashes : "none")}\" stroke-linejoin=\"round\"/>");
        foreach (var (x, y) in points)
            svg.Add($"<circle cx=\"{x}\" cy=\"{y}\" r=\"{(prominent ? 3.2 : 2.2)}\" fill=\"{(prominent ? colour : "#fff")}\" stroke=\"{colour}\"/>");
    }

    /// <summary>Beside the panel where a line ends near its edge, with a thread to it; otherwise at the line's end.</summary>
    private static void Labels(SvgText svg, Plot plot)
    {
        var ends = plot.Panel.Series.Select(series => (Series: series, End: plot.At(series.Points[^1]))).ToArray();
        var beside = ends.Where(end => end.End.X > plot.Right - 60).ToArray();
        var places = LabelColumn.Spread([.. beside.Select(end => end.End.Y)], LabelHeight, plot.Top + 2, plot.Bottom - 2);
        var x = plot.Right + 24;
        for (var i = 0; i < beside.Length; i++)
        {
            var (series, end) = beside[i];
            svg.Add($"<path d=\"M{end.X + 5} {end.Y}L{plot.Right + 10} {places[i]}H{x - 4}\" fill=\"none\" stroke=\"{series.Style.Colour}\" stroke-width=\"0.7\" opacity=\"0.7\"/>");
            Label(svg, series, x, places[i] + 4);
        }
        var placed = new List<(double X, double Y, double Width)>();
        foreach (var (series, end) in ends.Except(beside).OrderByDescending(end => end.Series.Style.IsProminent))
        {
            var width = series.Name.Length * CharacterWidth;
            (double X, double Y)[] choices = [(end.X + 8, end.Y + 4), (end.X + 8, end.Y - 9), (end.X + 8, end.Y + 17), (end.X - width - 8, end.Y + 17), (end.X + 8, end.Y + 30), (end.X + 8, end.Y - 22)];
            bool IsFree((double X, double Y) at) =>
                at.Y > plot.Top + 8 && at.Y < plot.Bottom - 4 && !placed.Exists(other => at.X < other.X + other.Width && other.X < at.X + width && Math.Abs(at.Y - other.Y) < LabelHeight);
            var (atX, atY) = choices.Where(IsFree).DefaultIfEmpty(choices[0]).First();
            placed.Add((atX, atY, width));
            Label(svg, series, atX, atY);
        }
    }

    private static void Label(SvgText svg, ChartSeries series, double x, double y) =>
        svg.Add($"<text class=\"h\" x=\"{x}\" y=\"{y}\" style=\"fill:{series.Style.Colour};font-weight:{(series.Style.IsProminent ? 600 : 400)}\">{series.Name}</text>");

    /// <summary>Where a panel's values lie on the page.</summary>
    private sealed record Plot(double Left, double Top, double Width, double Height, ChartPanel Panel)
    {
        public double Right => Left + Width;

        public double Bottom => Top + Height;

        public double X(double value) => Left + Panel.X.Place(value) * Width;

        public double Y(double value) => Bottom - Panel.Y.Place(value) * Height;

        public (double X, double Y) At((double X, double Y) point) => (X(point.X), Y(point.Y));
    }
}
