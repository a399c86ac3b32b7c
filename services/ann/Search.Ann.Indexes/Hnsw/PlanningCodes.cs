using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Search.Ann.Indexes.Metrics;
using Search.Ann.Indexes.Storage;
using Search.Vectors;
using Search.Vectors.Codes;
using Search.Vectors.Quantization;
using Search.Vectors.Quantization.Scalar;

namespace Search.Ann.Indexes.Hnsw;

/// <summary>
/// 8-bit codes of all vectors for as long as many are added at once: a new node's neighbours are looked for by them, at a quarter of the memory traffic, and then scored by the vectors. By slot; who may
/// touch which is the writer's business.
/// </summary>
internal sealed class PlanningCodes
{
    // With fewer components a vector is hardly longer than what is looked at beside it.
    private const int LeastDimension = 32;

    // Training and encoding must be a small part of the work.
    private const int LeastBatch = 2_048;
    private const int MostToEncode = 4;

    // Levels from so many differ from those of all by less than their width; more is time.
    private const int Sample = 4_096;
    private const double ClippedShare = 0.001;

    private readonly RowBlocks<byte> _rows;
    private readonly int _constantAt;

    private PlanningCodes(ScalarQuantizer quantizer)
    {
        Quantizer = quantizer;
        _constantAt = (quantizer.Dimension + 3) / 4 * 4;
        _rows = new RowBlocks<byte>(_constantAt + sizeof(float));
    }

    public ScalarQuantizer Quantizer { get; }

    /// <summary>Codes for a batch that is worth them, trained on it; null for another.</summary>
    /// <param name="there">Vectors that must be encoded first.</param>
    public static PlanningCodes? For(ReadOnlySpan<float> batch, int dimension, int there, VectorMetric metric)
    {
        var count = batch.Length / dimension;
        if (dimension is < LeastDimension or > CodeKernels.MaxDimension || count < LeastBatch || there > MostToEncode * count) return null;
        var sample = new List<float>();
        for (var i = 0; i < Math.Min(Sample, count); i++)
        {
            var vector = batch.Slice((int)((long)i * count / Math.Min(Sample, count)) * dimension, dimension);
            // It is refused when its turn comes.
            if (VectorKernels.IsFinite(vector)) sample.AddRange(vector);
        }
        return sample.Count == 0
            ? null
            : new PlanningCodes(ScalarQuantizer.Train(
                new TrainingSample(CollectionsMarshal.AsSpan(sample), dimension), metric.ForCodes(), new ScalarQuantizerOptions { ClippedShare = ClippedShare }));
    }

    public void EnsureCapacity(int slots) => _rows.EnsureCapacity(slots);

    /// <summary>There must be room. Threads may encode different slots at a time.</summary>
    public void Encode(int slot, ReadOnlySpan<float> vector) => Constant(slot) = Quantizer.Encode(vector, Code(slot));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Code(int slot) => MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(_rows.Row(slot)), Quantizer.Dimension);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref float Constant(int slot) => ref Unsafe.As<byte, float>(ref Unsafe.Add(ref MemoryMarshal.GetReference(_rows.Row(slot)), _constantAt));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int slot) => _rows.Prefetch(slot);
}
