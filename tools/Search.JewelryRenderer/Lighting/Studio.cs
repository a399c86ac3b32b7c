using System.Numerics;

namespace Search.JewelryRenderer.Lighting;

/// <summary>All light of a picture: a dome that grows brighter upwards, softboxes on it, and black cards in front of it.</summary>
internal sealed class Studio
{
    private readonly (Panel Panel, Vector3 Radiance)[] _boxes;
    private readonly Panel[] _cards;
    private readonly Vector3 _horizon, _zenith;
    private readonly float[] _chance;

    public Studio(Vector3 horizon, Vector3 zenith, IEnumerable<(Panel Panel, Vector3 Radiance)> boxes, IEnumerable<Panel> cards)
    {
        (_horizon, _zenith, _boxes, _cards) = (horizon, zenith, [.. boxes], [.. cards]);
        var power = _boxes.Select(b => Luminance(b.Radiance) * b.Panel.SolidAngle * MathF.Max(0.15f, b.Panel.Direction.Y)).ToArray();
        _chance = [.. power.Select(p => p / power.Sum())];
    }

    /// <summary>Light arriving against a direction.</summary>
    public Vector3 Radiance(Vector3 d)
    {
        var c = Dome(d);
        foreach (var (panel, radiance) in _boxes) c += radiance * panel.Coverage(d);
        return c;
    }

    /// <summary>The dome and its cards without the softboxes, which diffuse surfaces sample on their own.</summary>
    public Vector3 Dome(Vector3 d)
    {
        var up = MathF.Max(0, d.Y);
        var c = Vector3.Lerp(_horizon, _zenith, MathF.Sqrt(up));
        foreach (var card in _cards) c *= 1 - 0.94f * card.Coverage(d);
        return c;
    }

    /// <summary>Draws a direction towards a softbox and the irradiance/π that it brings to the normal when nothing is in the way.</summary>
    public Vector3 SampleBox(Vector3 normal, float choice, Vector2 u, out Vector3 direction)
    {
        var i = 0;
        while (i < _boxes.Length - 1 && choice >= _chance[i]) choice -= _chance[i++];
        var (panel, radiance) = _boxes[i];
        direction = panel.Sample(u);
        return radiance * (MathF.Max(0, Vector3.Dot(normal, direction)) * panel.SolidAngle / (MathF.PI * _chance[i]));
    }

    /// <summary>Irradiance/π on a surface with nothing in the way, from the panels' centres and a two-tone dome: for far bounces.</summary>
    public Vector3 Unoccluded(Vector3 normal) => DomeLight(normal) + BoxLight(normal);

    /// <summary>The dome's share of <see cref="Unoccluded"/>.</summary>
    public Vector3 DomeLight(Vector3 normal) => Vector3.Lerp(_horizon, _zenith, 0.4f + 0.35f * normal.Y) * (0.62f + 0.38f * normal.Y);

    /// <summary>The softboxes' share of <see cref="Unoccluded"/>.</summary>
    public Vector3 BoxLight(Vector3 normal)
    {
        var sum = Vector3.Zero;
        foreach (var (panel, radiance) in _boxes)
            sum += radiance * (MathF.Max(0, Vector3.Dot(normal, panel.Direction)) * panel.SolidAngle / MathF.PI);
        return sum;
    }

    public static float Luminance(Vector3 c) => Vector3.Dot(c, new Vector3(0.2126f, 0.7152f, 0.0722f));
}
