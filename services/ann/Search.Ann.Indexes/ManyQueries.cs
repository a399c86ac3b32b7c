using System.Runtime.ExceptionServices;
using Search.Ann.Indexes.Metrics;
using Search.Vectors;

namespace Search.Ann.Indexes;

/// <summary>Many queries in one call, for an index that knows no better than to search for each.</summary>
internal static class ManyQueries
{
    public static void SearchEach(
        IVectorIndex index, ReadOnlyMemory<float> queries, int k, SearchOptions options, Memory<ScoredId> results, Memory<int> counts, out SearchStatistics statistics)
    {
        var count = Require(index, queries.Span, k, results.Length, counts.Length);
        var dimension = index.Dimension;
        var alone = options with { Threads = 1 };
        if (options.Threads == 1)
        {
            statistics = default;
            for (var q = 0; q < count; q++)
                statistics += One(q);
            return;
        }
        var total = default(SearchStatistics);
        var adding = new Lock();
        try
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = options.Threads }, () => default(SearchStatistics), (q, _, sum) => sum + One(q), sum =>
            {
                lock (adding)
                    total += sum;
            });
        }
        catch (AggregateException e)
        {
            // A caller's filter threw: it looks the same on any number of threads.
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
        statistics = total;

        SearchStatistics One(int q)
        {
            counts.Span[q] = index.Search(queries.Span.Slice(q * dimension, dimension), k, alone, results.Span.Slice(q * k, k), out var work);
            return work;
        }
    }

    /// <returns>The number of queries, all of which can be compared.</returns>
    public static int Require(IVectorIndex index, ReadOnlySpan<float> queries, int k, int results, int counts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        var (count, rest) = Math.DivRem(queries.Length, index.Dimension);
        if (rest != 0) throw new ArgumentException($"Queries of dimension {index.Dimension} are asked for; {queries.Length} components leave {rest} over.", nameof(queries));
        if (results < (long)count * k) throw new ArgumentException($"Room for {results} results where {count} queries may have {k} each.", nameof(results));
        if (counts < count) throw new ArgumentException($"Room for {counts} counts where there are {count} queries.", nameof(counts));
        for (var q = 0; q < count; q++)
        {
            try
            {
                VectorIntake.Prepare(queries.Slice(q * index.Dimension, index.Dimension), index.Metric, index.Dimension).Dispose();
            }
            catch (InvalidVectorException e)
            {
                throw new InvalidVectorException(e.Defect, $"Query {q}: {e.Message}");
            }
        }
        return count;
    }
}
