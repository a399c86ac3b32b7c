using System.Numerics;

namespace Search.MetricLearning.Augmentation;

/// <summary>Where a piece lies in the frame.</summary>
internal static class Pose
{
    /// <summary>A photo that could not be cut out fills the frame, its own surroundings with it.</summary>
    private const double SmallestWhole = 1.05, LargestWhole = 1.3;

    /// <summary>The map from the view to the cutout.</summary>
    public static Homography Of(PieceCutout piece, int viewSide, ShopperPhotoOptions options, Random random)
    {
        var box = piece.Box;
        Span<Vector2> from = [new(box.Left, box.Top), new(box.Right + 1, box.Top), new(box.Right + 1, box.Bottom + 1), new(box.Left, box.Bottom + 1)];
        Span<Vector2> to = stackalloc Vector2[4];
        while (true)
        {
            Place(box, piece.IsCutOut, viewSide, options, random, to);
            // A corner may cross the box's diagonal when it is narrow; such a pose folds the piece over, so another is drawn.
            if (IsConvex(to) && Homography.Between(to, from) is { } map)
                return map;
        }
    }

    private static void Place(PixelBox box, bool cutOut, int viewSide, ShopperPhotoOptions options, Random random, Span<Vector2> corners)
    {
        double Between(double from, double to) => from + random.NextDouble() * (to - from);
        double longer = Math.Max(box.Width, box.Height), shorter = Math.Min(box.Width, box.Height);
        var scale = cutOut
            ? Between(options.SmallestPiece, options.LargestPiece) * viewSide / longer
            : Between(SmallestWhole, LargestWhole) * viewSide / shorter;
        double width = box.Width * scale, height = box.Height * scale, angle = Between(-1, 1) * options.Rotation * Math.PI / 180;
        // A narrow box gets narrow shifts across: its corners must not pass each other.
        double shiftX = options.CornerShift * Math.Min(width, 2 * height), shiftY = options.CornerShift * Math.Min(height, 2 * width);
        var (sin, cos) = Math.SinCos(angle);
        ReadOnlySpan<(double X, double Y)> unit = [(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)];
        for (var i = 0; i < 4; i++)
        {
            double x = unit[i].X * width + Between(-shiftX, shiftX), y = unit[i].Y * height + Between(-shiftY, shiftY);
            corners[i] = new Vector2((float)(cos * x - sin * y), (float)(sin * x + cos * y));
        }
        var centre = new Vector2(
            (float)Centre(corners[0].X, corners[1].X, corners[2].X, corners[3].X), (float)Centre(corners[0].Y, corners[1].Y, corners[2].Y, corners[3].Y));
        for (var i = 0; i < 4; i++)
            corners[i] += centre;

        double Centre(float a, float b, float c, float d)
        {
            double low = Math.Min(Math.Min(a, b), Math.Min(c, d)), high = Math.Max(Math.Max(a, b), Math.Max(c, d));
            if (!cutOut)
                return viewSide / 2.0;
            var hangs = random.NextDouble() < options.Cropped ? Between(0, options.LargestCrop) * (high - low) : 0;
            // From touching one edge to touching the other, or beyond one of them.
            double first = -low - hangs, last = viewSide - high + hangs;
            return first <= last ? hangs > 0 ? (random.NextDouble() < 0.5 ? first : last) : Between(first, last) : (first + last) / 2;
        }
    }

    private static bool IsConvex(ReadOnlySpan<Vector2> corners)
    {
        for (var i = 0; i < 4; i++)
        {
            Vector2 a = corners[(i + 1) % 4] - corners[i], b = corners[(i + 2) % 4] - corners[(i + 1) % 4];
            if (a.X * b.Y - a.Y * b.X <= 0)
                return false;
        }
        return true;
    }
}
