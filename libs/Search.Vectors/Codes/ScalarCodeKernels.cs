namespace Search.Vectors.Codes;

/// <summary>The slow twins of <see cref="CodeKernels"/>: they judge the fast ones, and run where there is no SIMD hardware.</summary>
internal static class ScalarCodeKernels
{
    /// <inheritdoc cref="CodeKernels.Dot(ReadOnlySpan{byte}, ReadOnlySpan{sbyte})"/>
    public static int Dot(ReadOnlySpan<byte> a, ReadOnlySpan<sbyte> b)
    {
        CodeShapes.Require(a.Length, b.Length);
        var sum = 0;
        for (var i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    /// <inheritdoc cref="CodeKernels.Dot(ReadOnlySpan{sbyte}, ReadOnlySpan{sbyte})"/>
    public static int Dot(ReadOnlySpan<sbyte> a, ReadOnlySpan<sbyte> b)
    {
        CodeShapes.Require(a.Length, b.Length);
        var sum = 0;
        for (var i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    /// <inheritdoc cref="CodeKernels.SquaredL2"/>
    public static int SquaredL2(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        CodeShapes.Require(a.Length, b.Length);
        var sum = 0;
        for (var i = 0; i < a.Length; i++)
        {
            var difference = a[i] - b[i];
            sum += difference * difference;
        }
        return sum;
    }
}
