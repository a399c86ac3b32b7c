namespace Search.Vectors.Codes;

internal static class CodeShapes
{
    public static void Require(int a, int b)
    {
        if (a != b || a > CodeKernels.MaxDimension) Throw(a, b);
    }

    public static void RequireDimension(int dimension) => Require(dimension, dimension);

    // Apart from the check, so that the check stays small enough to be inlined into every kernel.
    private static void Throw(int a, int b) => throw new ArgumentException(a != b
        ? $"Codes of one pair must have the same dimension; these have {a} and {b}."
        : $"Codes must have at most {CodeKernels.MaxDimension} dimensions; these have {a}.");
}
