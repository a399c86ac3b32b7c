using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Search.Vectors.Codes;
using Search.Vectors.Quantization.Scalar;

namespace Search.Ann.Indexes.Rescoring.Codes;

/// <summary>A byte a dimension, then the float32 constant of the code.</summary>
internal readonly struct ScalarCode(ScalarQuantizer quantizer) : IVectorCode
{
    public const string CodeName = "scalar8";

    public string Name => CodeName;

    public ScalarQuantizer Quantizer => quantizer;

    public int Dimension => quantizer.Dimension;

    public int RowBytes => quantizer.Dimension + sizeof(float);

    public int QueryBytes => quantizer.Dimension + 2 * sizeof(float);

    public long SharedBytes => 3L * sizeof(float) * quantizer.Dimension;

    public void Encode(ReadOnlySpan<float> vector, Span<byte> row)
    {
        var constant = quantizer.Encode(vector, row[..quantizer.Dimension]);
        MemoryMarshal.Write(row[quantizer.Dimension..], constant);
    }

    public void Decode(ReadOnlySpan<byte> row, Span<float> vector) => quantizer.Decode(row[..quantizer.Dimension], vector);

    public void Prepare(ReadOnlySpan<float> query, Span<byte> prepared)
    {
        var dimension = quantizer.Dimension;
        var scored = quantizer.Prepare(query, MemoryMarshal.Cast<byte, sbyte>(prepared[..dimension]));
        MemoryMarshal.Write(prepared[dimension..], scored);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Score(ReadOnlySpan<byte> prepared, ReadOnlySpan<byte> row)
    {
        var dimension = row.Length - sizeof(float);
        var query = MemoryMarshal.Read<ScalarQuery>(prepared[dimension..]);
        return query.Score(CodeKernels.Dot(row[..dimension], MemoryMarshal.Cast<byte, sbyte>(prepared[..dimension])), MemoryMarshal.Read<float>(row[dimension..]));
    }

    public void Save(Stream stream) => quantizer.Save(stream);
}
