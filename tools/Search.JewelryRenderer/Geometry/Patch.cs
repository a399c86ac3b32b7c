using System.Numerics;

namespace Search.JewelryRenderer.Geometry;

/// <summary>Every curved part of a piece is a grid of points over two parameters: tubes, bowls, petals, rounded plates.</summary>
internal static class Patch
{
    /// <summary>Joins rows of points into a mesh. All rows have the same length.</summary>
    /// <param name="rows">Points, row by row.</param>
    /// <param name="closeRows">The last row joins the first (a ring of cross sections).</param>
    /// <param name="closeColumns">The last point of a row joins its first (a tube).</param>
    public static Mesh Grid(IReadOnlyList<Vector3[]> rows, bool closeRows = false, bool closeColumns = false)
    {
        var columns = rows[0].Length;
        var points = new Vector3[rows.Count * columns];
        for (var r = 0; r < rows.Count; r++) rows[r].CopyTo(points, r * columns);

        var indices = new List<int>();
        for (var r = 0; r < rows.Count - (closeRows ? 0 : 1); r++)
        {
            for (var c = 0; c < columns - (closeColumns ? 0 : 1); c++)
            {
                var (r1, c1) = ((r + 1) % rows.Count, (c + 1) % columns);
                var (p00, p01, p10, p11) = (r * columns + c, r * columns + c1, r1 * columns + c, r1 * columns + c1);
                indices.AddRange([p00, p10, p11, p00, p11, p01]);
            }
        }

        return new Mesh(points, SmoothNormals(points, indices), indices.ToArray());
    }

    /// <summary>Samples a surface over the unit square.</summary>
    public static Mesh Surface(int rows, int columns, Func<float, float, Vector3> point, bool closeRows = false, bool closeColumns = false)
    {
        var grid = new List<Vector3[]>(rows);
        for (var r = 0; r < rows; r++)
        {
            var u = r / (float)(closeRows ? rows : rows - 1);
            grid.Add([.. Enumerable.Range(0, columns).Select(c => point(u, c / (float)(closeColumns ? columns : columns - 1)))]);
        }

        return Grid(grid, closeRows, closeColumns);
    }

    /// <summary>Area-weighted, so that a wide flat face keeps its flatness next to a narrow bevel.</summary>
    private static Vector3[] SmoothNormals(Vector3[] points, List<int> indices)
    {
        var normals = new Vector3[points.Length];
        for (var i = 0; i < indices.Count; i += 3)
        {
            var (a, b, c) = (indices[i], indices[i + 1], indices[i + 2]);
            var n = Vector3.Cross(points[b] - points[a], points[c] - points[a]);
            normals[a] += n;
            normals[b] += n;
            normals[c] += n;
        }

        for (var i = 0; i < normals.Length; i++)
        {
            var length = normals[i].Length();
            normals[i] = length > 1e-12f ? normals[i] / length : Vector3.UnitY;
        }

        return normals;
    }
}
