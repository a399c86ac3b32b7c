namespace Search.Vectors.Quantization.Product;

/// <summary>
/// Lloyd's k-means over the rows of one sub-space, started from rows drawn without repetition. A centroid that nobody is nearest to moves to the row that is worst
/// served. Sums are float64, so that the number of rows costs no precision.
/// </summary>
internal sealed class CentroidTraining(float[] rows, int length)
{
    private const int Count = ProductQuantizer.Centroids;

    private readonly int _rowCount = rows.Length / length;
    private readonly float[] _centroids = new float[Count * length];
    private readonly byte[] _nearest = new byte[rows.Length / length];
    private readonly float[] _distances = new float[rows.Length / length];

    /// <summary>The centroids, component by component.</summary>
    public float[] Run(int rounds, int seed)
    {
        Start(seed);
        for (var round = 0; round < rounds; round++)
        {
            if (!Assign() && round > 0) break;
            Update();
        }
        return _centroids;
    }

    private void Start(int seed)
    {
        var order = Enumerable.Range(0, _rowCount).ToArray();
        new Random(seed).Shuffle(order);
        // With fewer rows than centroids the first rows come again; of equal centroids the first is always taken.
        for (var centroid = 0; centroid < Count; centroid++)
            Move(centroid, order[centroid < _rowCount ? centroid : 0]);
    }

    private bool Assign()
    {
        var changed = false;
        Span<float> distances = stackalloc float[Count];
        for (var row = 0; row < _rowCount; row++)
        {
            CentroidKernels.SquaredL2(rows.AsSpan(row * length, length), _centroids, distances);
            var nearest = SubSpace.Least(distances);
            changed |= nearest != _nearest[row];
            _nearest[row] = nearest;
            _distances[row] = distances[nearest];
        }
        return changed;
    }

    private void Update()
    {
        var sums = new double[Count * length];
        var sizes = new int[Count];
        for (var row = 0; row < _rowCount; row++)
        {
            sizes[_nearest[row]]++;
            for (var d = 0; d < length; d++)
                sums[d * Count + _nearest[row]] += rows[row * length + d];
        }

        for (var centroid = 0; centroid < Count; centroid++)
        {
            if (sizes[centroid] == 0)
            {
                MoveToWorstServed(centroid);
                continue;
            }
            for (var d = 0; d < length; d++)
                _centroids[d * Count + centroid] = (float)(sums[d * Count + centroid] / sizes[centroid]);
        }
    }

    private void MoveToWorstServed(int centroid)
    {
        var worst = Array.IndexOf(_distances, _distances.Max());
        // Everybody sits on a centroid: nothing to gain.
        if (_distances[worst] == 0) return;
        Move(centroid, worst);
        _distances[worst] = 0;
    }

    private void Move(int centroid, int row)
    {
        for (var d = 0; d < length; d++)
            _centroids[d * Count + centroid] = rows[row * length + d];
    }
}
