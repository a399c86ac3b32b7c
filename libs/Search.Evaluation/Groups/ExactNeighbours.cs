using Search.Vectors;

namespace Search.Evaluation.Groups;

/// <summary>The nearest of every row, by comparing all with all: for some ten thousand; beyond that an index's answers do.</summary>
public static class ExactNeighbours
{
    /// <summary>For each row its <paramref name="k"/> nearest others, nearest first, or all others where there are fewer; of equals those of the smaller index.</summary>
    /// <param name="dimension">Components of a row.</param>
    /// <param name="rows">Unit vectors, one after the other.</param>
    /// <param name="k">How many, at least 1.</param>
    /// <param name="cancellation">Ends it between two rows.</param>
    /// <exception cref="ArgumentException">A length that is no multiple of the dimension.</exception>
    public static Neighbour[][] Of(int dimension, ReadOnlyMemory<float> rows, int k, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        if (rows.Length % dimension != 0)
            throw new ArgumentException($"{rows.Length} components are no rows of {dimension}.", nameof(rows));
        var count = rows.Length / dimension;
        var nearest = new Neighbour[count][];
        Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            var own = rows.Span.Slice(i * dimension, dimension);
            var best = new ScoredId[Math.Min(k, count - 1)];
            var top = new TopK(best);
            for (var j = 0; j < count; j++)
            {
                if (j != i) top.Offer(j, VectorKernels.Dot(own, rows.Span.Slice(j * dimension, dimension)));
            }
            nearest[i] = [.. best.AsSpan(0, top.Sort()).ToArray().Select(found => new Neighbour((int)found.Id, found.Score))];
        });
        return nearest;
    }
}
