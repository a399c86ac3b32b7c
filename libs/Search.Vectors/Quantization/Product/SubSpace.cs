namespace Search.Vectors.Quantization.Product;

/// <summary>Some neighbouring dimensions and their 256 centroids, component by component (d·256 + centroid), so that all centroids are scored side by side.</summary>
internal sealed class SubSpace(int start, int length, float[] centroids)
{
    public ReadOnlySpan<float> Centroids => centroids;

    /// <summary>Where sub-space <paramref name="s"/> lies if the dimensions are cut as evenly as can be.</summary>
    public static (int Start, int Length) Range(int s, int subSpaces, int dimension)
    {
        var first = (int)((long)s * dimension / subSpaces);
        return (first, (int)((long)(s + 1) * dimension / subSpaces) - first);
    }

    public byte Nearest(ReadOnlySpan<float> vector, Span<float> distances)
    {
        CentroidKernels.SquaredL2(vector.Slice(start, length), centroids, distances);
        return Least(distances);
    }

    public void Score(ReadOnlySpan<float> query, CodeMetric metric, Span<float> scores)
    {
        if (metric != CodeMetric.SquaredL2)
        {
            CentroidKernels.Dot(query.Slice(start, length), centroids, scores);
            return;
        }
        CentroidKernels.SquaredL2(query.Slice(start, length), centroids, scores);
        VectorKernels.Scale(scores, -1);
    }

    public void Decode(byte centroid, Span<float> vector)
    {
        for (var d = 0; d < length; d++)
            vector[start + d] = centroids[d * ProductQuantizer.Centroids + centroid];
    }

    /// <summary>The first of the least.</summary>
    internal static byte Least(ReadOnlySpan<float> distances)
    {
        var least = 0;
        for (var i = 1; i < distances.Length; i++)
        {
            if (distances[i] < distances[least]) least = i;
        }
        return (byte)least;
    }
}
