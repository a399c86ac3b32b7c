using Search.Vectors;

namespace Search.Ann.Indexes.Tuning;

/// <summary>
/// Queries and their exact answers, to hold searches against. Made once for any number of efforts and indexes; as long as the contents stay as they were. Immutable and thread-safe.
/// </summary>
public sealed class RecallMeter
{
    private readonly ReadOnlyMemory<float> _queries;
    private readonly int _dimension;
    private readonly float[] _worst;
    private readonly int _expected;
    private readonly ParallelOptions _parallel;

    private RecallMeter(ReadOnlyMemory<float> queries, int dimension, int k, float[] worst, int expected, ParallelOptions parallel)
    {
        (_queries, _dimension, K, _worst, _expected, _parallel) = (queries, dimension, k, worst, expected, parallel);
    }

    /// <summary>Results of a query that are compared.</summary>
    public int K { get; }

    /// <summary>How many there are.</summary>
    public int Queries => _worst.Length;

    /// <summary>Answers the queries exactly: a look at every vector for each of them, on several threads.</summary>
    /// <param name="oracle">Any index with the contents in question: searched at an effort of its count, every kind is exact. It may be the very index to be measured.</param>
    /// <param name="queries">One row of the index's dimension each; not to be changed afterwards. How they were drawn decides what the recall is worth: see <see cref="QuerySample"/>.</param>
    /// <param name="k">At least 1.</param>
    /// <param name="threads">At least 1; 0 takes one a core.</param>
    /// <exception cref="ArgumentException">Half a row.</exception>
    /// <exception cref="InvalidVectorException">A query cannot be compared.</exception>
    public static RecallMeter Prepare(IVectorIndex oracle, ReadOnlyMemory<float> queries, int k, int threads = 0, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(oracle);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        var dimension = oracle.Dimension;
        if (queries.Length % dimension != 0)
            throw new ArgumentException($"Queries are whole rows of {dimension} components; there are {queries.Length}.", nameof(queries));

        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads == 0 ? Environment.ProcessorCount : threads, CancellationToken = cancellation };
        var expected = Math.Min(k, oracle.Count);
        var worst = new float[queries.Length / dimension];
        if (expected > 0)
        {
            Run(parallel, worst.Length, expected, (query, results) =>
            {
                var found = oracle.Search(queries.Span.Slice(query * dimension, dimension), expected, new SearchOptions { Effort = int.MaxValue }, results, out _);
                worst[query] = found == 0 ? float.PositiveInfinity : results[found - 1].Score;
            });
        }
        return new RecallMeter(queries, dimension, k, worst, expected, parallel);
    }

    /// <summary>Takes the exact answers from elsewhere: for contents that are answered piece by piece, since no oracle could hold them all.</summary>
    /// <param name="worst">Of each query, the score of its k-th best; there must be k.</param>
    /// <exception cref="ArgumentException">Not one for each query.</exception>
    internal static RecallMeter Of(ReadOnlyMemory<float> queries, int dimension, int k, float[] worst) =>
        queries.Length == (long)worst.Length * dimension
            ? new RecallMeter(queries, dimension, k, worst, k, new ParallelOptions())
            : throw new ArgumentException($"There are {worst.Length} answers for {queries.Length} components of queries of {dimension}.", nameof(worst));

    /// <summary>Searches for every query.</summary>
    /// <param name="index">Of the contents that the oracle had.</param>
    /// <param name="effort">See <see cref="SearchOptions.Effort"/>.</param>
    /// <exception cref="ArgumentException">An index of another dimension.</exception>
    public MeasuredRecall Measure(IVectorIndex index, int effort)
    {
        ArgumentNullException.ThrowIfNull(index);
        if (index.Dimension != _dimension) throw new ArgumentException($"The queries have {_dimension} components, the index's vectors {index.Dimension}.", nameof(index));
        var options = new SearchOptions { Effort = effort };
        var shares = new double[Queries];
        long distances = 0, visits = 0;
        if (_expected > 0)
        {
            Run(_parallel, Queries, _expected, (query, results) =>
            {
                var found = index.Search(_queries.Span.Slice(query * _dimension, _dimension), _expected, options, results, out var statistics);
                var hits = 0;
                foreach (var result in results.AsSpan(0, found))
                    hits += result.Score >= _worst[query] ? 1 : 0;
                shares[query] = (double)hits / _expected;
                Interlocked.Add(ref distances, statistics.DistancesComputed);
                Interlocked.Add(ref visits, statistics.NodesVisited);
            });
        }
        // In order, so that the sum is the same on any number of threads.
        var recall = _expected == 0 || Queries == 0 ? 1 : shares.Sum() / Queries;
        var (low, high) = _expected == 0 ? (1, 1) : RecallInterval.Of(shares);
        return new MeasuredRecall
        {
            K = K,
            Effort = effort,
            Queries = Queries,
            Recall = recall,
            Low = low,
            High = high,
            DistancesPerQuery = (double)distances / Math.Max(1, Queries),
            VisitsPerQuery = (double)visits / Math.Max(1, Queries),
        };
    }

    private static void Run(ParallelOptions parallel, int queries, int k, Action<int, ScoredId[]> search)
    {
        try
        {
            Parallel.For(0, queries, parallel, () => new ScoredId[k], (query, _, results) =>
            {
                search(query, results);
                return results;
            }, _ => { });
        }
        catch (AggregateException e) when (e.InnerException is InvalidVectorException invalid)
        {
            throw invalid;
        }
    }
}
