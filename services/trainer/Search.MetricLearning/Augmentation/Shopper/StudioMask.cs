using System.Runtime.InteropServices;
using Search.Imaging;

namespace Search.MetricLearning.Augmentation;

/// <summary>What belongs to the piece in a studio shot.</summary>
/// <param name="Coverage">1 inside, 0 outside, in between at the edge; one a pixel.</param>
internal sealed record StudioMask(float[] Coverage)
{
    /// <summary>Channels may differ this much from the background's colour and still be background, 8-bit levels.</summary>
    private const int Tolerance = 16;

    /// <summary>
    /// A soft shadow may go this much further, if it is as colourless as the background and darkens gradually. Further than this, or in larger
    /// steps, pearls and polished silver would be flooded, too; what is left of a shadow is the smaller evil.
    /// </summary>
    private const int ShadowTolerance = 36;
    private const int ShadowStep = 3;
    private const int ShadowChroma = 8;

    /// <summary>Pixels on a side; odd.</summary>
    private const int Gate = 5;

    /// <summary>A plain patch of the background's very colour inside the piece is a hole (a ring's, a chain's) from this share of the picture on. Pearls and dials have shading.</summary>
    private const double SmallestHole = 0.0015;
    private const int HoleTolerance = 5;

    /// <summary>Below this the border is no paper or cloth of a studio.</summary>
    private const int DarkestStudio = 185;
    private const double PlainBorder = 0.6;

    /// <summary>Null if the picture has no plain light background, or if next to nothing or nearly everything would be left.</summary>
    public static StudioMask? Find(ReadOnlySpan<byte> picture, int side, PixelBox content)
    {
        var background = BackgroundOf(picture, side, content);
        if (Math.Min(background.R, Math.Min(background.G, background.B)) < DarkestStudio)
            return null;
        var border = Border(side, content);
        var plain = 0;
        foreach (var at in border)
            plain += Difference(picture, at, background) <= Tolerance ? 1 : 0;
        if (plain < PlainBorder * border.Count)
            return null;

        var outside = Flood(picture, side, content, border, background);
        OpenHoles(picture, side, outside, background);
        var covered = outside.AsSpan().Count(false);
        if (covered < 0.003 * side * side || covered > 0.97 * content.Width * content.Height)
            return null;
        return new StudioMask(Soften(picture, side, outside, background));
    }

    /// <summary>The median of the content's border: the piece may touch it in places.</summary>
    public static RgbColor BackgroundOf(ReadOnlySpan<byte> picture, int side, PixelBox content)
    {
        var border = Border(side, content);
        Span<byte> median = stackalloc byte[3];
        var values = new byte[border.Count];
        for (var c = 0; c < 3; c++)
        {
            for (var i = 0; i < values.Length; i++)
                values[i] = picture[3 * border[i] + c];
            Array.Sort(values);
            median[c] = values[values.Length / 2];
        }
        return new RgbColor(median[0], median[1], median[2]);
    }

    private static List<int> Border(int side, PixelBox box)
    {
        var border = new List<int>(2 * (box.Width + box.Height));
        for (var x = box.Left; x <= box.Right; x++)
            border.AddRange([box.Top * side + x, box.Bottom * side + x]);
        for (var y = box.Top + 1; y < box.Bottom; y++)
            border.AddRange([y * side + box.Left, y * side + box.Right]);
        return border;
    }

    /// <summary>
    /// Floods from the border wherever a square of <see cref="Gate"/> pixels fits: through the narrower gap where a pearl's highlight meets the
    /// white it would run into the pearl. Afterwards the flood grows by what the square could not reach.
    /// </summary>
    private static bool[] Flood(ReadOnlySpan<byte> picture, int side, PixelBox content, List<int> border, RgbColor background)
    {
        var plain = new bool[side * side];
        for (var i = 0; i < plain.Length; i++)
        {
            int x = i % side, y = i / side;
            plain[i] = x < content.Left || x > content.Right || y < content.Top || y > content.Bottom
                || Difference(picture, i, background) <= Tolerance
                || (x > 0 && y > 0 && IsShadow(picture, i - 1, i, background) && IsShadow(picture, i - side, i, background));
        }
        var outside = new bool[side * side];
        var pending = new Stack<int>();
        foreach (var at in border)
            Reach(at);
        for (var x = 0; x < side; x++)
        {
            Reach(x);
            Reach((side - 1) * side + x);
            Reach(x * side);
            Reach(x * side + side - 1);
        }
        while (pending.TryPop(out var at))
        {
            int x = at % side, y = at / side;
            if (x > 0)
                Reach(at - 1);
            if (x < side - 1)
                Reach(at + 1);
            if (y > 0)
                Reach(at - side);
            if (y < side - 1)
                Reach(at + side);
        }
        return Grow(outside, plain, side);

        void Reach(int at)
        {
            if (outside[at] || !Fits(plain, side, at))
                return;
            outside[at] = true;
            pending.Push(at);
        }
    }

    private static bool Fits(bool[] plain, int side, int at)
    {
        int x = at % side, y = at / side;
        for (var v = Math.Max(0, y - Gate / 2); v <= Math.Min(side - 1, y + Gate / 2); v++)
            for (var u = Math.Max(0, x - Gate / 2); u <= Math.Min(side - 1, x + Gate / 2); u++)
                if (!plain[v * side + u])
                    return false;
        return true;
    }

    private static bool[] Grow(bool[] core, bool[] plain, int side)
    {
        var grown = (bool[])core.Clone();
        for (var at = 0; at < core.Length; at++)
        {
            if (!core[at])
                continue;
            int x = at % side, y = at / side;
            for (var v = Math.Max(0, y - Gate / 2); v <= Math.Min(side - 1, y + Gate / 2); v++)
                for (var u = Math.Max(0, x - Gate / 2); u <= Math.Min(side - 1, x + Gate / 2); u++)
                    grown[v * side + u] |= plain[v * side + u];
        }
        return grown;
    }

    private static bool IsShadow(ReadOnlySpan<byte> picture, int from, int to, RgbColor background)
    {
        int r = background.R - picture[3 * to], g = background.G - picture[3 * to + 1], b = background.B - picture[3 * to + 2];
        var step = Math.Max(
            Math.Abs(picture[3 * to] - picture[3 * from]),
            Math.Max(Math.Abs(picture[3 * to + 1] - picture[3 * from + 1]), Math.Abs(picture[3 * to + 2] - picture[3 * from + 2])));
        return step <= ShadowStep && Math.Max(r, Math.Max(g, b)) <= ShadowTolerance
            && Math.Max(r, Math.Max(g, b)) - Math.Min(r, Math.Min(g, b)) <= ShadowChroma;
    }

    private static void OpenHoles(ReadOnlySpan<byte> picture, int side, bool[] outside, RgbColor background)
    {
        var seen = new bool[outside.Length];
        var patch = new List<int>();
        for (var start = 0; start < outside.Length; start++)
        {
            if (seen[start] || outside[start] || Difference(picture, start, background) > HoleTolerance)
                continue;
            patch.Clear();
            patch.Add(start);
            seen[start] = true;
            for (var i = 0; i < patch.Count; i++)
                // Inside the flood's border there is always a neighbour on each side, except at the picture's edge.
                foreach (var next in (ReadOnlySpan<int>)[patch[i] - 1, patch[i] + 1, patch[i] - side, patch[i] + side])
                    if ((uint)next < (uint)outside.Length && !seen[next] && !outside[next] && Difference(picture, next, background) <= HoleTolerance)
                    {
                        seen[next] = true;
                        patch.Add(next);
                    }
            if (patch.Count >= SmallestHole * outside.Length)
                foreach (var at in CollectionsMarshal.AsSpan(patch))
                    outside[at] = true;
        }
    }

    private static int Difference(ReadOnlySpan<byte> picture, int at, RgbColor colour) => Math.Max(
        Math.Abs(picture[3 * at] - colour.R),
        Math.Max(Math.Abs(picture[3 * at + 1] - colour.G), Math.Abs(picture[3 * at + 2] - colour.B)));

    /// <summary>
    /// At the rim a pixel is a mixture of the piece and the background. How much of it is piece follows from how far its colour has come from the
    /// background's towards the most different one nearby; a thin chain, which is all rim, would otherwise stay half white.
    /// </summary>
    private static float[] Soften(ReadOnlySpan<byte> picture, int side, bool[] outside, RgbColor background)
    {
        const int reach = 2;
        var coverage = new float[outside.Length];
        for (var y = 0; y < side; y++)
            for (var x = 0; x < side; x++)
            {
                var at = y * side + x;
                if (outside[at])
                    continue;
                var (rim, most) = (false, Tolerance);
                for (var v = Math.Max(0, y - reach); v <= Math.Min(side - 1, y + reach); v++)
                    for (var u = Math.Max(0, x - reach); u <= Math.Min(side - 1, x + reach); u++)
                    {
                        rim |= outside[v * side + u];
                        most = Math.Max(most, Difference(picture, v * side + u, background));
                    }
                coverage[at] = rim ? (float)Difference(picture, at, background) / most : 1;
            }
        return coverage;
    }
}
