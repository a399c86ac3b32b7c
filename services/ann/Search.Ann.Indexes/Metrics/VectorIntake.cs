using System.Buffers;
using Search.Vectors;

namespace Search.Ann.Indexes.Metrics;

/// <summary>The gate every vector passes, stored or asked: after it loops may trust dimension, finiteness and length.</summary>
internal static class VectorIntake
{
    // A vector this near to unit length is kept bit for bit: an embedder's vector comes back as it was given, and scores are off by less
    // than float32 rounding of a sum of this many terms anyway.
    private const double UnitTolerance = 1e-6;

    // |a·b| ≤ |a||b| and |a−b|² ≤ (|a|+|b|)²: below this neither can overflow, nor can any partial sum.
    private const double MaxSquaredLength = float.MaxValue / 4;

    /// <summary>Checks the vector and writes to <paramref name="row"/> what is stored for it.</summary>
    /// <exception cref="InvalidVectorException">The vector has a defect.</exception>
    public static void Store(ReadOnlySpan<float> vector, VectorMetric metric, Span<float> row)
    {
        var rescale = Check(vector, metric, row.Length);
        vector.CopyTo(row);
        if (rescale) VectorKernels.TryNormalize(row);
    }

    /// <summary>Checks a query. One that must be rescaled first goes to a rented buffer; dispose of it after the search.</summary>
    /// <exception cref="InvalidVectorException">The query has a defect.</exception>
    public static PreparedQuery Prepare(ReadOnlySpan<float> query, VectorMetric metric, int dimension)
    {
        if (!Check(query, metric, dimension)) return new PreparedQuery(query, null);
        var rented = ArrayPool<float>.Shared.Rent(dimension);
        var scaled = rented.AsSpan(0, dimension);
        query.CopyTo(scaled);
        VectorKernels.TryNormalize(scaled);
        return new PreparedQuery(scaled, rented);
    }

    // True where the vector must be scaled to unit length.
    private static bool Check(ReadOnlySpan<float> vector, VectorMetric metric, int dimension)
    {
        if (vector.Length != dimension)
            throw new InvalidVectorException(VectorDefect.WrongDimension, $"The index holds vectors of dimension {dimension}; this one has {vector.Length}.");
        if (!VectorKernels.IsFinite(vector))
            throw new InvalidVectorException(VectorDefect.NotFinite, "A component of the vector is NaN or infinite.");
        var squaredLength = VectorKernels.SquaredNorm(vector);
        if (metric == VectorMetric.Cosine)
        {
            return squaredLength > 0
                ? Math.Abs(squaredLength - 1) > UnitTolerance
                : throw new InvalidVectorException(VectorDefect.ZeroLength, "A vector of length zero has no direction and no cosine.");
        }
        return squaredLength <= MaxSquaredLength
            ? false
            : throw new InvalidVectorException(VectorDefect.TooLong, $"Scores of a vector of length {Math.Sqrt(squaredLength):g3} overflow.");
    }
}

/// <summary>A query ready to be compared.</summary>
internal readonly ref struct PreparedQuery(ReadOnlySpan<float> vector, float[]? rented)
{
    public ReadOnlySpan<float> Vector { get; } = vector;

    public void Dispose()
    {
        if (rented is not null) ArrayPool<float>.Shared.Return(rented);
    }
}
