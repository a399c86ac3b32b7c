using System.Numerics;
using Search.JewelryRenderer.Rendering;

namespace Search.JewelryRenderer.Materials;

/// <summary>Value noise on an integer lattice, the same on every machine.</summary>
internal static class Noise
{
    /// <summary>Smooth noise in [0, 1].</summary>
    public static float At(Vector2 p)
    {
        var (fx, fy) = (MathF.Floor(p.X), MathF.Floor(p.Y));
        var (x, y) = (p.X - fx, p.Y - fy);
        (x, y) = (x * x * (3 - 2 * x), y * y * (3 - 2 * y));
        var (ix, iy) = ((int)fx, (int)fy);
        return (Lattice(ix, iy) * (1 - x) + Lattice(ix + 1, iy) * x) * (1 - y) + (Lattice(ix, iy + 1) * (1 - x) + Lattice(ix + 1, iy + 1) * x) * y;
    }

    /// <summary>Octaves of noise in [0, 1].</summary>
    public static float Fractal(Vector2 p, int octaves)
    {
        var (sum, amplitude, total) = (0f, 0.5f, 0f);
        for (var i = 0; i < octaves; i++)
        {
            sum += amplitude * At(p);
            total += amplitude;
            p = p * 2.03f + new Vector2(17.3f, 9.1f);
            amplitude *= 0.5f;
        }

        return sum / total;
    }

    /// <summary>Three values in [-1, 1] that change from cell to cell.</summary>
    public static Vector3 Cell(int a, int b)
    {
        var h = Sampler.Hash((uint)a * 0x8DA6B343u ^ (uint)b * 0xD8163841u);
        return new Vector3(h & 1023, (h >> 10) & 1023, (h >> 20) & 1023) / 511.5f - Vector3.One;
    }

    /// <summary>From the nearest of the points scattered one to a unit cell (Worley 1996), to here.</summary>
    public static Vector3 FromNearestPoint(Vector3 p)
    {
        var (cx, cy, cz) = ((int)MathF.Floor(p.X), (int)MathF.Floor(p.Y), (int)MathF.Floor(p.Z));
        var (best, nearest) = (float.PositiveInfinity, Vector3.Zero);
        for (var x = cx - 1; x <= cx + 1; x++)
        {
            for (var y = cy - 1; y <= cy + 1; y++)
            {
                for (var z = cz - 1; z <= cz + 1; z++)
                {
                    var away = p - (new Vector3(x, y, z) + new Vector3(0.5f) + Cell(x * 73 + z, y) * 0.42f);
                    var distance = away.LengthSquared();
                    if (distance < best) (best, nearest) = (distance, away);
                }
            }
        }

        return nearest;
    }

    private static float Lattice(int x, int y) => (Sampler.Hash((uint)x * 0x8DA6B343u ^ (uint)y * 0xD8163841u) >> 8) * (1f / 16777216f);
}
