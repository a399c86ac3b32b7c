namespace Search.Vectors;

internal static class VectorShapes
{
    public static void RequireSameLength(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        if (a.Length != b.Length) ThrowDifferentLengths(a.Length, b.Length);
    }

    // Apart from the check, so that the check stays small enough to be inlined into every kernel.
    private static void ThrowDifferentLengths(int a, int b) =>
        throw new ArgumentException($"Vectors of one pair must have the same dimension; these have {a} and {b}.");
}
