namespace Search.Ann.Indexes;

internal static class BulkShape
{
    /// <exception cref="ArgumentException">Not as many rows as ids.</exception>
    public static void Require(ReadOnlyMemory<long> ids, ReadOnlyMemory<float> vectors, int dimension, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        if (vectors.Length != (long)ids.Length * dimension)
            throw new ArgumentException($"{ids.Length} ids need {(long)ids.Length * dimension} components, {dimension} each; there are {vectors.Length}.", nameof(vectors));
    }
}
