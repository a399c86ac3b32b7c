namespace Search.Ann.Indexes.Rescoring.Codes;

/// <summary>
/// A compressed form of vectors and its scores, as a type argument: a scan is compiled with the scoring inlined. Rows and prepared queries are bytes, whatever lies in them. Immutable and
/// thread-safe.
/// </summary>
internal interface IVectorCode
{
    /// <summary>Short and unique; it stands in files.</summary>
    string Name { get; }

    /// <summary>Components of a vector.</summary>
    int Dimension { get; }

    /// <summary>Of a row.</summary>
    int RowBytes { get; }

    /// <summary>Of a prepared query.</summary>
    int QueryBytes { get; }

    /// <summary>Of what all rows share.</summary>
    long SharedBytes { get; }

    void Encode(ReadOnlySpan<float> vector, Span<byte> row);

    /// <summary>The vector that a row stands for, about.</summary>
    void Decode(ReadOnlySpan<byte> row, Span<float> vector);

    void Prepare(ReadOnlySpan<float> query, Span<byte> prepared);

    /// <summary>Grows with similarity; an estimate of the metric's score or just of the same order.</summary>
    float Score(ReadOnlySpan<byte> prepared, ReadOnlySpan<byte> row);

    /// <summary>Writes what all rows share.</summary>
    void Save(Stream stream);
}
