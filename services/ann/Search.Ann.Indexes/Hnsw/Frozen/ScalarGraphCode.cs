using System.Runtime.InteropServices;
using Search.Ann.Indexes.Rescoring.Codes;
using Search.Vectors.Quantization.Scalar;

namespace Search.Ann.Indexes.Hnsw.Frozen;

/// <summary>8-bit codes, each with its float32 constant at the next multiple of four.</summary>
internal readonly struct ScalarGraphCode(ScalarQuantizer quantizer) : IGraphCode<ScalarCodeWalk>
{
    public string Name => ScalarCode.CodeName;

    public int Dimension => quantizer.Dimension;

    public int RowBytes => (quantizer.Dimension + 3) / 4 * 4 + sizeof(float);

    public int QueryBytes => quantizer.Dimension;

    public void Encode(ReadOnlySpan<float> vector, Span<byte> row)
    {
        var constant = quantizer.Encode(vector, row[..quantizer.Dimension]);
        MemoryMarshal.Write(row[^sizeof(float)..], constant);
    }

    public ScalarCodeWalk Walk(FrozenGraph graph, ReadOnlySpan<float> query, Span<byte> prepared)
    {
        var code = MemoryMarshal.Cast<byte, sbyte>(prepared);
        return new ScalarCodeWalk(graph, quantizer.Prepare(query, code), code);
    }

    public void Save(Stream stream) => quantizer.Save(stream);
}
