namespace Search.Ann.Indexes.Hnsw.Frozen;

/// <summary>What leads through a frozen graph: codes, and the walk that scores them. Both are type arguments, so that a search is compiled with the scoring inlined. Immutable and thread-safe.</summary>
internal interface IGraphCode<TWalk>
    where TWalk : struct, IGraphWalk, allows ref struct
{
    /// <inheritdoc cref="Rescoring.Codes.IVectorCode.Name"/>
    string Name { get; }

    /// <summary>Components of a vector.</summary>
    int Dimension { get; }

    /// <summary>Of a node; a multiple of four, since links follow.</summary>
    int RowBytes { get; }

    /// <summary>Of a prepared query.</summary>
    int QueryBytes { get; }

    /// <param name="row">Cleared: what the code leaves out goes into files, too.</param>
    void Encode(ReadOnlySpan<float> vector, Span<byte> row);

    /// <param name="prepared">The walk's own as long as it lasts.</param>
    TWalk Walk(FrozenGraph graph, ReadOnlySpan<float> query, Span<byte> prepared);

    /// <summary>Writes what all rows share.</summary>
    void Save(Stream stream);
}

/// <summary>Something to be done in code compiled for one kind of graph code.</summary>
internal interface IGraphCodeAction<out TResult>
{
    TResult Run<TCode, TWalk>(TCode code)
        where TCode : struct, IGraphCode<TWalk>
        where TWalk : struct, IGraphWalk, allows ref struct;
}
