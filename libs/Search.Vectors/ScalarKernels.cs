namespace Search.Vectors;

/// <summary>
/// The slow twins of <see cref="VectorKernels"/>: one component after the other, so plain that they can be trusted to judge the fast
/// ones, and what runs where there is no SIMD hardware. Same shapes, same errors.
/// </summary>
internal static class ScalarKernels
{
    /// <inheritdoc cref="VectorKernels.Dot"/>
    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        VectorShapes.RequireSameLength(a, b);
        var sum = 0f;
        for (var i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    /// <inheritdoc cref="VectorKernels.SquaredL2"/>
    public static float SquaredL2(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        VectorShapes.RequireSameLength(a, b);
        var sum = 0f;
        for (var i = 0; i < a.Length; i++)
        {
            var difference = a[i] - b[i];
            sum += difference * difference;
        }
        return sum;
    }

    /// <inheritdoc cref="VectorKernels.IsFinite"/>
    public static bool IsFinite(ReadOnlySpan<float> vector)
    {
        foreach (var component in vector)
        {
            if (!float.IsFinite(component)) return false;
        }
        return true;
    }

    /// <inheritdoc cref="VectorKernels.SquaredNorm"/>
    public static double SquaredNorm(ReadOnlySpan<float> vector)
    {
        var sum = 0d;
        foreach (var component in vector)
            sum += (double)component * component;
        return sum;
    }

    /// <inheritdoc cref="VectorKernels.TryNormalize"/>
    public static bool TryNormalize(Span<float> vector)
    {
        var squaredNorm = SquaredNorm(vector);
        if (!double.IsFinite(squaredNorm) || squaredNorm == 0) return false;
        var norm = Math.Sqrt(squaredNorm);
        for (var i = 0; i < vector.Length; i++)
            vector[i] = (float)(vector[i] / norm);
        return true;
    }
}
