using System.Numerics;

namespace Search.JewelryRenderer.Scenes.Elements;

/// <summary>How a necklace lies. Share 0 is the clasp at the back, share 0.5 the middle of the front.</summary>
internal static class NeckPaths
{
    /// <summary>A closed drop-shaped loop on the table, front towards +z.</summary>
    public static ChainPath Loop(float halfWidth, float halfLength, float height) => new(
        t =>
        {
            var (sin, cos) = MathF.SinCos(t * 2 * MathF.PI - MathF.PI / 2);
            return new Vector3(-cos * halfWidth * (1 - 0.2f * sin), height, sin * halfLength);
        },
        _ => Vector3.UnitY, true);

    /// <summary>A V that leaves the picture at both ends, its point at the origin.</summary>
    public static ChainPath Vee(float halfWidth, float length, float height) => new(
        t =>
        {
            var x = t * 2 - 1;
            return new Vector3(x * halfWidth, height, -length * MathF.Pow(x * x + 0.004f, 0.62f));
        },
        _ => Vector3.UnitY, false);

    /// <summary>Around the neck of the bust; the front hangs lower by a drop in centimetres.</summary>
    public static ChainPath Bust(float drop, float lift)
    {
        Vector3 At(float t, float outwards)
        {
            var (sin, cos) = MathF.SinCos(t * 2 * MathF.PI - MathF.PI);
            var y = 13.2f - drop * MathF.Pow((1 + cos) / 2, 1.8f);
            var r = Props.BustRadius(y);
            return new Vector3(sin * (r + outwards), y, cos * (r * Props.BustDepth + outwards));
        }

        return new ChainPath(t => At(t, lift), t => BustNormal(At(t, 0)), true);
    }

    public static Vector3 BustNormal(Vector3 point)
    {
        const float step = 0.05f;
        var slope = (Props.BustRadius(point.Y + step) - Props.BustRadius(point.Y - step)) / (2 * step);
        var around = Vector3.Normalize(new Vector3(point.X, 0, point.Z / (Props.BustDepth * Props.BustDepth)));
        return Vector3.Normalize(new Vector3(around.X, -slope * 0.8f, around.Z));
    }
}
