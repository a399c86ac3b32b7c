using System.Globalization;

namespace Search.Evaluation.Charts;

/// <summary>Straight from point to point, as SVG writes it.</summary>
internal sealed class SvgPath(IEnumerable<(double X, double Y)> points)
{
    public override string ToString() => string.Concat(points.Select((point, i) => string.Create(CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{point.X:0.#} {point.Y:0.#}")));
}
