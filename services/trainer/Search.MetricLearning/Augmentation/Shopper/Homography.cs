using System.Numerics;

namespace Search.MetricLearning.Augmentation;

/// <summary>The perspective map x' = (a x + b y + c) / (g x + h y + 1), y' = (d x + e y + f) / (g x + h y + 1).</summary>
internal readonly record struct Homography(double A, double B, double C, double D, double E, double F, double G, double H)
{
    /// <summary>The map that takes each corner of a quadrangle to the corner of another one.</summary>
    /// <returns>Null if three corners lie on a line: no such map exists.</returns>
    public static Homography? Between(ReadOnlySpan<Vector2> from, ReadOnlySpan<Vector2> to)
    {
        // Eight equations (Hartley and Zisserman, 4.1, with h33 = 1), solved by elimination with pivoting.
        var rows = new double[8, 9];
        for (var i = 0; i < 4; i++)
        {
            double x = from[i].X, y = from[i].Y, u = to[i].X, v = to[i].Y;
            ReadOnlySpan<double> first = [x, y, 1, 0, 0, 0, -u * x, -u * y, u], second = [0, 0, 0, x, y, 1, -v * x, -v * y, v];
            for (var c = 0; c < 9; c++)
                (rows[2 * i, c], rows[2 * i + 1, c]) = (first[c], second[c]);
        }
        return Solve(rows) is { } s ? new Homography(s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7]) : null;
    }

    public Vector2 Map(double x, double y)
    {
        var w = G * x + H * y + 1;
        return new Vector2((float)((A * x + B * y + C) / w), (float)((D * x + E * y + F) / w));
    }

    private static double[]? Solve(double[,] rows)
    {
        const int n = 8;
        for (var column = 0; column < n; column++)
        {
            var pivot = column;
            for (var r = column + 1; r < n; r++)
                if (Math.Abs(rows[r, column]) > Math.Abs(rows[pivot, column]))
                    pivot = r;
            if (Math.Abs(rows[pivot, column]) < 1e-9)
                return null;
            for (var c = 0; c <= n; c++)
                (rows[column, c], rows[pivot, c]) = (rows[pivot, c], rows[column, c]);
            for (var r = 0; r < n; r++)
            {
                if (r == column)
                    continue;
                var factor = rows[r, column] / rows[column, column];
                for (var c = column; c <= n; c++)
                    rows[r, c] -= factor * rows[column, c];
            }
        }
        var solution = new double[n];
        for (var i = 0; i < n; i++)
            solution[i] = rows[i, n] / rows[i, i];
        return solution;
    }
}
