namespace Search.MetricLearning.Augmentation;

/// <summary>A 3x3 mean: a slightly unsharp phone picture.</summary>
internal static class BoxBlur
{
    public static void Apply(Span<byte> view, int side)
    {
        var source = view.ToArray();
        for (var row = 1; row < side - 1; row++)
            for (var i = 3; i < 3 * (side - 1); i++)
            {
                var sum = 0;
                for (var dy = -1; dy <= 1; dy++)
                {
                    var at = 3 * (row + dy) * side + i;
                    sum += source[at - 3] + source[at] + source[at + 3];
                }
                view[3 * row * side + i] = (byte)((sum + 4) / 9);
            }
    }
}
