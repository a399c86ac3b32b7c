namespace Search.Vectors.Halves;

internal static class HalfShapes
{
    public static void RequireSameLength(int query, int row)
    {
        if (query != row) Throw(query, row);
    }

    // Apart from the check, so that the check stays small enough to be inlined into every kernel.
    private static void Throw(int query, int row) =>
        throw new ArgumentException($"Vectors of one pair must have the same dimension; these have {query} and {row}.");
}
