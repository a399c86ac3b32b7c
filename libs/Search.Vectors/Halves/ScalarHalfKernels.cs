namespace Search.Vectors.Halves;

/// <summary>The slow twins of <see cref="HalfKernels"/>.</summary>
internal static class ScalarHalfKernels
{
    /// <inheritdoc cref="HalfKernels.Dot"/>
    public static float Dot(ReadOnlySpan<float> query, ReadOnlySpan<Half> row)
    {
        HalfShapes.RequireSameLength(query.Length, row.Length);
        var sum = 0f;
        for (var i = 0; i < query.Length; i++)
            sum += query[i] * (float)row[i];
        return sum;
    }

    /// <inheritdoc cref="HalfKernels.SquaredL2"/>
    public static float SquaredL2(ReadOnlySpan<float> query, ReadOnlySpan<Half> row)
    {
        HalfShapes.RequireSameLength(query.Length, row.Length);
        var sum = 0f;
        for (var i = 0; i < query.Length; i++)
        {
            var difference = query[i] - (float)row[i];
            sum += difference * difference;
        }
        return sum;
    }
}
