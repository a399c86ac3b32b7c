using Search.Ann.Indexes.Metrics;
using Search.Vectors.Rows;

namespace Search.Ann.Indexes.Exact;

/// <summary>What the search for a panel of queries writes to.</summary>
internal sealed class PanelScratch
{
    private float[] _queries = [];
    private double[] _lengths = [];
    private float[] _biases = [];
    private int _dimension = 1;

    public QueryPanel Panel { get; } = new();

    public int Count { get; private set; }

    /// <summary>The queries as they are compared: at unit length under cosine.</summary>
    public FlatRows<float> Queries => new(_queries.AsSpan(0, Count * _dimension), _dimension);

    /// <summary>By query: its length.</summary>
    public ReadOnlySpan<double> Lengths => _lengths.AsSpan(0, Count);

    public void Begin(ReadOnlySpan<float> queries, VectorMetric metric, int dimension)
    {
        (_dimension, Count) = (dimension, queries.Length / dimension);
        if (_queries.Length < queries.Length) _queries = new float[queries.Length];
        if (_lengths.Length < Count) _lengths = new double[Count];
        for (var q = 0; q < Count; q++)
        {
            var row = _queries.AsSpan(q * dimension, dimension);
            VectorIntake.Store(queries.Slice(q * dimension, dimension), metric, row);
            _lengths[q] = Math.Sqrt(Search.Vectors.VectorKernels.SquaredNorm(row));
        }
        Panel.Pack(Queries);
    }

    public Span<float> Biases(int rows)
    {
        if (_biases.Length < rows) _biases = new float[rows];
        return _biases.AsSpan(0, rows);
    }
}
