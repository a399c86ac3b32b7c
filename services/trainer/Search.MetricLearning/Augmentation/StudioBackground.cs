namespace Search.MetricLearning.Augmentation;

/// <summary>
/// Gives the near-white area that touches the border another colour. Flooding from the border keeps highlights and white
/// stones inside the piece, which a plain threshold would paint over.
/// </summary>
internal static class StudioBackground
{
    private const byte NearWhite = 236;

    public static void Replace(Span<byte> view, int side, Random random)
    {
        Span<byte> from = stackalloc byte[3], to = stackalloc byte[3];
        Colour(random, from);
        Colour(random, to);
        var pending = new Stack<int>();
        var reached = new bool[side * side];
        for (var i = 0; i < side; i++)
        {
            Reach(view, i, reached, pending);
            Reach(view, (side - 1) * side + i, reached, pending);
            Reach(view, i * side, reached, pending);
            Reach(view, i * side + side - 1, reached, pending);
        }
        while (pending.TryPop(out var at))
        {
            int column = at % side, row = at / side;
            if (column > 0)
                Reach(view, at - 1, reached, pending);
            if (column < side - 1)
                Reach(view, at + 1, reached, pending);
            if (row > 0)
                Reach(view, at - side, reached, pending);
            if (row < side - 1)
                Reach(view, at + side, reached, pending);
            // A vertical gradient, multiplied so that soft shadows on the white stay visible.
            for (var c = 0; c < 3; c++)
                view[3 * at + c] = (byte)(view[3 * at + c] * (from[c] + (to[c] - from[c]) * row / side) / 255);
        }
    }

    private static void Reach(ReadOnlySpan<byte> view, int at, bool[] reached, Stack<int> pending)
    {
        if (reached[at] || Math.Min(view[3 * at], Math.Min(view[3 * at + 1], view[3 * at + 2])) < NearWhite)
            return;
        reached[at] = true;
        pending.Push(at);
    }

    /// <summary>Mostly light and pale, sometimes dark: cloth, skin, wood, a black tray.</summary>
    private static void Colour(Random random, Span<byte> colour)
    {
        var brightness = random.NextDouble() < 0.75 ? 150 + 105 * random.NextDouble() : 20 + 100 * random.NextDouble();
        for (var c = 0; c < 3; c++)
            colour[c] = (byte)Math.Clamp(brightness * (0.85 + 0.3 * random.NextDouble()), 0, 255);
    }
}
