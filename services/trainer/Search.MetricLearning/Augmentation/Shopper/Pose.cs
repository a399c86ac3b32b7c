using System.Numerics;

namespace Search.MetricLearning.Augmentation;

/// <summary>Where a piece lies in the frame: a square around it is shrunk, turned, seen from aside and moved.</summary>
internal static class Pose
{
    /// <summary>A photo that could not be cut out fills the frame, its own surroundings with it.</summary>
    private const double SmallestWhole = 1.05, LargestWhole = 1.3;

    /// <summary>The map from the view to the cutout.</summary>
    public static Homography Of(PieceCutout piece, int viewSide, ShopperPhotoOptions options, Random random)
    {
        double Between(double from, double to) => from + random.NextDouble() * (to - from);
        var box = piece.Box;
        // The square of the cutout that becomes the frame: the piece takes the asked part of it.
        var square = piece.IsCutOut
            ? Math.Max(box.Width, box.Height) / Between(options.SmallestPiece, options.LargestPiece)
            : Math.Min(box.Width, box.Height) / Between(SmallestWhole, LargestWhole);
        var middle = new Vector2((box.Left + box.Right + 1) / 2f, (box.Top + box.Bottom + 1) / 2f);
        Span<Vector2> from = stackalloc Vector2[4], to = stackalloc Vector2[4];
        var (sin, cos) = Math.SinCos(Between(-1, 1) * options.Rotation * Math.PI / 180);
        for (var i = 0; i < 4; i++)
        {
            double x = i is 1 or 2 ? 0.5 : -0.5, y = i is 2 or 3 ? 0.5 : -0.5;
            from[i] = middle + new Vector2((float)(x * square), (float)(y * square));
            x += Between(-options.CornerShift, options.CornerShift);
            y += Between(-options.CornerShift, options.CornerShift);
            to[i] = new Vector2((float)((cos * x - sin * y + 0.5) * viewSide), (float)((sin * x + cos * y + 0.5) * viewSide));
        }
        if (piece.IsCutOut)
        {
            var shift = Shift(Map(from, to), box, viewSide, options, random);
            for (var i = 0; i < 4; i++)
                to[i] += shift;
        }
        return Map(to, from);
    }

    /// <summary>Somewhere in the frame, or hanging out over one or two of its edges.</summary>
    private static Vector2 Shift(Homography pose, PixelBox box, int viewSide, ShopperPhotoOptions options, Random random)
    {
        ReadOnlySpan<Vector2> corners =
        [
            pose.Map(box.Left, box.Top), pose.Map(box.Right + 1, box.Top), pose.Map(box.Right + 1, box.Bottom + 1), pose.Map(box.Left, box.Bottom + 1),
        ];
        var (low, high) = (corners[0], corners[0]);
        foreach (var corner in corners)
            (low, high) = (Vector2.Min(low, corner), Vector2.Max(high, corner));
        var cropped = random.NextDouble() < options.Cropped;
        return new Vector2(Along(low.X, high.X), Along(low.Y, high.Y));

        float Along(double first, double last)
        {
            var hangs = cropped ? random.NextDouble() * options.LargestCrop * (last - first) : 0;
            double toStart = -first - hangs, toEnd = viewSide - last + hangs;
            if (cropped)
                return (float)(random.NextDouble() < 0.5 ? toStart : toEnd);
            // Larger than the frame after all, by its turn or perspective: what hangs out does so on both sides.
            return (float)(toStart <= toEnd ? toStart + random.NextDouble() * (toEnd - toStart) : (toStart + toEnd) / 2);
        }
    }

    // Corners may move by a quarter of the square at most (the options see to that), so three never lie on a line.
    private static Homography Map(ReadOnlySpan<Vector2> from, ReadOnlySpan<Vector2> to) =>
        Homography.Between(from, to) ?? throw new InvalidOperationException("The corners of a pose lie on a line.");
}
