using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Search.Vectors.Quantization.Product;

namespace Search.Ann.Indexes.Rescoring.Codes;

/// <summary>A byte for a few dimensions; a prepared query is its tables.</summary>
internal readonly struct ProductCode(ProductQuantizer quantizer) : IVectorCode
{
    public const string CodeName = "product";

    public string Name => CodeName;

    public int Dimension => quantizer.Dimension;

    public int RowBytes => quantizer.CodeLength;

    public int QueryBytes => quantizer.TableLength * sizeof(float);

    // 256 centroids for each sub-space, together as long as the vectors.
    public long SharedBytes => 256L * sizeof(float) * quantizer.Dimension;

    public void Encode(ReadOnlySpan<float> vector, Span<byte> row) => quantizer.Encode(vector, row);

    public void Decode(ReadOnlySpan<byte> row, Span<float> vector) => quantizer.Decode(row, vector);

    public void Prepare(ReadOnlySpan<float> query, Span<byte> prepared) => quantizer.Prepare(query, MemoryMarshal.Cast<byte, float>(prepared));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Score(ReadOnlySpan<byte> prepared, ReadOnlySpan<byte> row) => ProductQuantizer.Score(MemoryMarshal.Cast<byte, float>(prepared), row);

    public void Save(Stream stream) => quantizer.Save(stream);
}
