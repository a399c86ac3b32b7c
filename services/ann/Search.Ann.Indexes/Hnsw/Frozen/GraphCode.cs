using Search.Ann.Indexes.Rescoring.Codes;

namespace Search.Ann.Indexes.Hnsw.Frozen;

/// <summary>Codes of any kind, as they are.</summary>
internal readonly struct GraphCode<TCode>(TCode code) : IGraphCode<CodeWalk<TCode>>
    where TCode : struct, IVectorCode
{
    private readonly TCode _code = code;

    public string Name => _code.Name;

    public int Dimension => _code.Dimension;

    public int RowBytes => (_code.RowBytes + 3) / 4 * 4;

    public int QueryBytes => _code.QueryBytes;

    public void Encode(ReadOnlySpan<float> vector, Span<byte> row) => _code.Encode(vector, row[.._code.RowBytes]);

    public CodeWalk<TCode> Walk(FrozenGraph graph, ReadOnlySpan<float> query, Span<byte> prepared)
    {
        _code.Prepare(query, prepared);
        return new CodeWalk<TCode>(graph, _code, prepared);
    }

    public void Save(Stream stream) => _code.Save(stream);
}

/// <summary>Turns a code into what leads through a graph, and hands that on.</summary>
internal sealed record GraphCodeOf<TResult>(IGraphCodeAction<TResult> Action) : ICodeAction<TResult>
{
    public TResult Run<TCode>(TCode code)
        where TCode : struct, IVectorCode => code is ScalarCode scalar
            ? Action.Run<ScalarGraphCode, ScalarCodeWalk>(new ScalarGraphCode(scalar.Quantizer))
            : Action.Run<GraphCode<TCode>, CodeWalk<TCode>>(new GraphCode<TCode>(code));
}
