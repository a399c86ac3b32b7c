namespace Search.Vectors.Quantization.Product;

/// <summary>The slow twins of <see cref="CentroidKernels"/>.</summary>
internal static class ScalarCentroidKernels
{
    public static void SquaredL2(ReadOnlySpan<float> vector, ReadOnlySpan<float> centroids, Span<float> scores)
    {
        scores.Clear();
        for (var d = 0; d < vector.Length; d++)
        {
            for (var i = 0; i < scores.Length; i++)
            {
                var difference = vector[d] - centroids[d * ProductQuantizer.Centroids + i];
                scores[i] += difference * difference;
            }
        }
    }

    public static void Dot(ReadOnlySpan<float> vector, ReadOnlySpan<float> centroids, Span<float> scores)
    {
        scores.Clear();
        for (var d = 0; d < vector.Length; d++)
        {
            for (var i = 0; i < scores.Length; i++)
                scores[i] += vector[d] * centroids[d * ProductQuantizer.Centroids + i];
        }
    }
}
