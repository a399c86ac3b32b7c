namespace Search.Vectors.Rows;

/// <summary>The slow twins of <see cref="RowKernels"/>: pair by pair.</summary>
internal static class ScalarRowKernels
{
    public static void Dot(ReadOnlySpan<float> query, FlatRows<float> rows, ReadOnlySpan<int> ids, Span<float> scores)
    {
        RowCount.RequireShapes(query.Length, rows.Dimension, ids.Length, scores.Length);
        for (var i = 0; i < ids.Length; i++)
            scores[i] = ScalarKernels.Dot(query, rows[ids[i]]);
    }

    public static void SquaredL2(ReadOnlySpan<float> query, FlatRows<float> rows, ReadOnlySpan<int> ids, Span<float> scores)
    {
        RowCount.RequireShapes(query.Length, rows.Dimension, ids.Length, scores.Length);
        for (var i = 0; i < ids.Length; i++)
            scores[i] = ScalarKernels.SquaredL2(query, rows[ids[i]]);
    }

    public static void Dot(ReadOnlySpan<float> query, FlatRows<float> rows, Span<float> scores)
    {
        RowCount.RequireShapes(query.Length, rows.Dimension, rows.Count, scores.Length);
        for (var row = 0; row < rows.Count; row++)
            scores[row] = ScalarKernels.Dot(query, rows[row]);
    }

    public static void SquaredL2(ReadOnlySpan<float> query, FlatRows<float> rows, Span<float> scores)
    {
        RowCount.RequireShapes(query.Length, rows.Dimension, rows.Count, scores.Length);
        for (var row = 0; row < rows.Count; row++)
            scores[row] = ScalarKernels.SquaredL2(query, rows[row]);
    }

    public static void Dot(FlatRows<float> queries, FlatRows<float> rows, Span<float> scores)
    {
        RowCount.RequireShapes(queries.Dimension, rows.Dimension, (long)queries.Count * rows.Count, scores.Length);
        for (var query = 0; query < queries.Count; query++)
            Dot(queries[query], rows, scores.Slice(query * rows.Count, rows.Count));
    }

    public static void SquaredL2(FlatRows<float> queries, FlatRows<float> rows, Span<float> scores)
    {
        RowCount.RequireShapes(queries.Dimension, rows.Dimension, (long)queries.Count * rows.Count, scores.Length);
        for (var query = 0; query < queries.Count; query++)
            SquaredL2(queries[query], rows, scores.Slice(query * rows.Count, rows.Count));
    }
}
