using System.Buffers;

namespace Search.Vectors.Quantization;

/// <summary>A vector as its metric sees it, in pooled scratch: a quantiser may change it.</summary>
internal readonly ref struct QuantizerInput
{
    private readonly float[] _rented;

    /// <exception cref="ArgumentException">Another dimension, or a component that is not finite.</exception>
    public QuantizerInput(ReadOnlySpan<float> vector, int dimension, CodeMetric metric)
    {
        if (vector.Length != dimension) throw new ArgumentException($"The quantiser is for {dimension} dimensions; the vector has {vector.Length}.", nameof(vector));
        if (!VectorKernels.IsFinite(vector)) throw new ArgumentException("The vector has a component that is NaN or infinite.", nameof(vector));
        _rented = ArrayPool<float>.Shared.Rent(dimension);
        Values = _rented.AsSpan(0, dimension);
        vector.CopyTo(Values);
        if (metric == CodeMetric.Cosine) VectorKernels.TryNormalize(Values);
    }

    public Span<float> Values { get; }

    public void Dispose() => ArrayPool<float>.Shared.Return(_rented);
}
