using Search.Vectors;

namespace Search.Evaluation.Groups;

/// <summary>One start of k-means and where it settles.</summary>
internal sealed class KMeansRun(int dimension, ReadOnlyMemory<float> rows, float[] centroids)
{
    private readonly int[] _assignment = new int[rows.Length / dimension];
    private readonly float[] _nearness = new float[rows.Length / dimension];

    /// <summary>Sum of the rows' cosines to their centroids: what every round raises.</summary>
    public double Similarity { get; private set; }

    private int Clusters => centroids.Length / dimension;

    public void Settle(int rounds, CancellationToken cancellation)
    {
        Assign();
        for (var round = 0; round < rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            Average();
            if (!Assign()) break;
        }
    }

    public Clustering ToClustering()
    {
        // Numbered by their first rows, so that a name does not depend on the draw; those without rows are gone.
        var names = new Dictionary<int, int>();
        var assignment = new int[_assignment.Length];
        var kept = new List<float>();
        for (var i = 0; i < assignment.Length; i++)
        {
            if (!names.TryGetValue(_assignment[i], out var name))
            {
                names.Add(_assignment[i], name = names.Count);
                kept.AddRange(Centroid(_assignment[i]));
            }
            assignment[i] = name;
        }
        return new Clustering(dimension, assignment, [.. kept]);
    }

    private ReadOnlySpan<float> Row(int i) => rows.Span.Slice(i * dimension, dimension);

    private Span<float> Centroid(int c) => centroids.AsSpan(c * dimension, dimension);

    /// <summary>True when a row changed its cluster.</summary>
    private bool Assign()
    {
        var changed = 0;
        // Each row alone: the order of threads changes nothing.
        Parallel.For(0, _assignment.Length, i =>
        {
            var (best, nearest) = (0, float.NegativeInfinity);
            for (var c = 0; c < Clusters; c++)
            {
                var similarity = VectorKernels.Dot(Row(i), Centroid(c));
                if (similarity > nearest) (best, nearest) = (c, similarity);
            }
            _nearness[i] = nearest;
            if (_assignment[i] == best) return;
            _assignment[i] = best;
            Interlocked.Exchange(ref changed, 1);
        });
        Similarity = _nearness.Sum(nearness => (double)nearness);
        return changed != 0;
    }

    private void Average()
    {
        var sums = new double[centroids.Length];
        var counts = new int[Clusters];
        for (var i = 0; i < _assignment.Length; i++)
        {
            counts[_assignment[i]]++;
            var row = Row(i);
            var sum = sums.AsSpan(_assignment[i] * dimension, dimension);
            for (var d = 0; d < dimension; d++)
                sum[d] += row[d];
        }
        for (var c = 0; c < counts.Length; c++)
        {
            if (counts[c] == 0)
            {
                // The row that fits its cluster worst founds this one.
                var lonely = Array.IndexOf(_nearness, _nearness.Min());
                _nearness[lonely] = float.PositiveInfinity;
                Row(lonely).CopyTo(Centroid(c));
                continue;
            }
            var length = Math.Sqrt(sums.AsSpan(c * dimension, dimension).ToArray().Sum(x => x * x));
            // Rows that cancel out have no direction in common: the centroid stays where it was.
            if (length < 1e-12) continue;
            for (var d = 0; d < dimension; d++)
                centroids[c * dimension + d] = (float)(sums[c * dimension + d] / length);
        }
    }
}
