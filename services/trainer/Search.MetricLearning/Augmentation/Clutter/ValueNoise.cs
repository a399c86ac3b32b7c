namespace Search.MetricLearning.Augmentation.Clutter;

/// <summary>Smooth noise in [0, 1] over the plane: values on a lattice, hashed from their place and a seed, blended in between.</summary>
internal readonly struct ValueNoise(Random random)
{
    private readonly uint _seed = (uint)random.Next();

    public float At(float x, float y)
    {
        float left = MathF.Floor(x), top = MathF.Floor(y);
        float u = Smooth(x - left), v = Smooth(y - top);
        int column = (int)left, row = (int)top;
        float upper = float.Lerp(Lattice(column, row), Lattice(column + 1, row), u);
        float lower = float.Lerp(Lattice(column, row + 1), Lattice(column + 1, row + 1), u);
        return float.Lerp(upper, lower, v);
    }

    /// <summary>Several octaves, each twice as fine and half as strong; still in [0, 1].</summary>
    public float Fractal(float x, float y, int octaves)
    {
        float sum = 0, strength = 1, whole = 0;
        for (var i = 0; i < octaves; i++)
        {
            sum += strength * At(x, y);
            whole += strength;
            strength /= 2;
            // Not exactly 2, so that the lattices do not line up.
            x *= 2.03f;
            y *= 1.97f;
        }
        return sum / whole;
    }

    /// <summary>A number in [0, 1] for each cell of the unit lattice.</summary>
    public float Lattice(int column, int row)
    {
        var h = _seed ^ ((uint)column * 0x9E3779B1u) ^ ((uint)row * 0x85EBCA77u);
        h = (h ^ (h >> 15)) * 0x2C1B3C6Du;
        h = (h ^ (h >> 12)) * 0x297A2D39u;
        return (h ^ (h >> 15)) / (float)uint.MaxValue;
    }

    private static float Smooth(float t) => t * t * (3 - 2 * t);
}
