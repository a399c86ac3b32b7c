using Search.Ann.Indexes.Metrics;
using Search.Ann.Indexes.Storage;
using Search.Vectors;
using Search.Vectors.Rows;

namespace Search.Ann.Indexes.Exact;

/// <summary>
/// Many queries against all rows as a matrix product. The product sums in an order of its own, so it only says which pairs could enter the results, by a bound on its
/// rounding; those, some hundred a query, are scored as every search scores them, and the answers are the same bits.
/// </summary>
internal static class ProductScan
{
    /// <summary>For fewer, one after the other is as fast: a strip of the product costs what a few searches cost.</summary>
    public const int LeastQueries = 6;

    // Queries that pass all rows together. More would need fewer passes, and a writer would wait longer.
    private const int LargestPanel = 256;

    /// <summary>Queries a panel, so that no thread has more to do than another.</summary>
    public static int PanelOf(int queries, int threads)
    {
        var rounds = (queries + threads * LargestPanel - 1) / (threads * LargestPanel);
        var panels = rounds * threads;
        return (queries + panels - 1) / panels;
    }

    /// <returns>Pairs scored.</returns>
    public static long Run<TMetric>(PanelScratch scratch, VectorRows vectors, ReadOnlySpan<long> ids, int k, Span<ScoredId> results, Span<int> counts)
        where TMetric : struct, IMetric
    {
        counts.Clear();
        var sink = new Sink<TMetric>(scratch, k, results, counts);
        var blockRows = QueryPanel.BlockRows(vectors.Dimension);
        for (var first = 0; first < ids.Length;)
        {
            var rows = vectors.Run(first, Math.Min(ids.Length, first + blockRows));
            var biases = scratch.Biases(rows.Count);
            var longest = 0d;
            for (var row = 0; row < rows.Count; row++)
            {
                var squaredLength = VectorKernels.SquaredNorm(rows[row]);
                longest = Math.Max(longest, squaredLength);
                biases[row] = SumLimit<TMetric>.Bias(squaredLength);
            }
            sink.Enter(rows, ids.Slice(first, rows.Count), Math.Sqrt(longest));
            scratch.Panel.Scan(rows, biases, ref sink);
            first += rows.Count;
        }
        for (var q = 0; q < counts.Length; q++)
            new TopK(results.Slice(q * k, k), counts[q]).Sort();
        return sink.Scored;
    }

    private ref struct Sink<TMetric>(PanelScratch scratch, int k, Span<ScoredId> results, Span<int> counts) : ISumSink
        where TMetric : struct, IMetric
    {
        private readonly FlatRows<float> _queries = scratch.Queries;
        private readonly Span<float> _limits = scratch.Panel.Limits;
        private readonly Span<ScoredId> _results = results;
        private readonly Span<int> _counts = counts;
        private FlatRows<float> _rows;
        private ReadOnlySpan<long> _ids;
        private double _longest;

        public long Scored { get; private set; }

        /// <summary>Goes on to these rows.</summary>
        public void Enter(FlatRows<float> rows, ReadOnlySpan<long> ids, double longest)
        {
            _rows = rows;
            _ids = ids;
            _longest = longest;
            for (var query = 0; query < _limits.Length; query++)
                Limit(query, Top(query).Threshold);
        }

        public void Take(int row, int query)
        {
            Scored++;
            var top = Top(query);
            if (!top.Offer(_ids[row], TMetric.Score(_queries[query], _rows[row]))) return;
            _counts[query] = top.Count;
            Limit(query, top.Threshold);
        }

        private readonly TopK Top(int query) => new(_results.Slice(query * k, k), _counts[query]);

        private readonly void Limit(int query, float threshold) =>
            _limits[query] = SumLimit<TMetric>.Of(threshold, _queries.Dimension, scratch.Lengths[query], _longest);
    }
}
