using System.Runtime.CompilerServices;
using Search.Vectors.Quantization.Binary;

namespace Search.Ann.Indexes.Rescoring.Codes;

/// <summary>A bit a dimension, scored by how many differ: an order by angle as seen from the data's mean, not an estimate of a metric.</summary>
internal readonly struct BinaryCode(BinaryQuantizer quantizer) : IVectorCode
{
    public const string CodeName = "binary";

    public string Name => CodeName;

    public int Dimension => quantizer.Dimension;

    public int RowBytes => quantizer.CodeLength;

    public int QueryBytes => quantizer.CodeLength;

    public long SharedBytes => sizeof(float) * (long)quantizer.Dimension;

    public void Encode(ReadOnlySpan<float> vector, Span<byte> row) => quantizer.Encode(vector, row);

    public void Decode(ReadOnlySpan<byte> row, Span<float> vector) => quantizer.Decode(row, vector);

    public void Prepare(ReadOnlySpan<float> query, Span<byte> prepared) => quantizer.Encode(query, prepared);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Score(ReadOnlySpan<byte> prepared, ReadOnlySpan<byte> row) => BinaryQuantizer.Score(prepared, row);

    public void Save(Stream stream) => quantizer.Save(stream);
}
