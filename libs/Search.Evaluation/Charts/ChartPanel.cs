namespace Search.Evaluation.Charts;

/// <summary>How a line looks.</summary>
/// <param name="Colour">As CSS writes it.</param>
/// <param name="Dashes">As SVG writes them; empty for a whole line.</param>
/// <param name="IsProminent">What the picture is about: thicker, and above the others.</param>
internal sealed record ChartStyle(string Colour, string Dashes, bool IsProminent);

/// <summary>One line, named where it ends.</summary>
/// <param name="Points">In drawing order; at least one.</param>
internal sealed record ChartSeries(string Name, ChartStyle Style, IReadOnlyList<(double X, double Y)> Points);

/// <summary>One coordinate system.</summary>
/// <param name="Note">A line below, or empty.</param>
internal sealed record ChartPanel(string Title, ChartAxis X, ChartAxis Y, IReadOnlyList<ChartSeries> Series, string Note = "");

/// <summary>A picture of several panels.</summary>
/// <param name="Columns">Panels side by side.</param>
internal sealed record ChartPage(string Title, string Subtitle, string Caption, IReadOnlyList<ChartPanel> Panels, int Columns);
