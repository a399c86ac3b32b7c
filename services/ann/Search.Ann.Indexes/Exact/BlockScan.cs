using System.Buffers;
using Search.Ann.Indexes.Metrics;
using Search.Ann.Indexes.Storage;
using Search.Vectors;

namespace Search.Ann.Indexes.Exact;

/// <summary>One query against all rows, a block at a time: its scores stay in the first-level cache until they are compared.</summary>
internal static class BlockScan<TMetric>
    where TMetric : struct, IMetric
{
    private const int BlockRows = 256;

    // A thread for less than this costs more than it brings: some hundred microseconds of reading.
    private const int FloatsPerThread = 1 << 20;

    public static void Run(ReadOnlySpan<float> query, VectorRows vectors, long[] ids, int count, int threads, ref TopK top)
    {
        var parts = (int)Math.Clamp((long)count * query.Length / FloatsPerThread, 1, threads);
        if (parts == 1) Part(query, vectors, ids, 0, count, ref top);
        else RunParts(query, vectors, ids, count, parts, ref top);
    }

    private static void Part(ReadOnlySpan<float> query, VectorRows vectors, ReadOnlySpan<long> ids, int first, int end, ref TopK top)
    {
        Span<float> scores = stackalloc float[BlockRows];
        while (first < end)
        {
            var rows = vectors.Run(first, Math.Min(end, first + BlockRows));
            TMetric.ScoreAll(query, rows, scores);
            top.OfferAll(ids.Slice(first, rows.Count), scores[..rows.Count]);
            first += rows.Count;
        }
    }

    // What the best are of the best of all parts does not depend on the parts.
    private static void RunParts(ReadOnlySpan<float> query, VectorRows vectors, long[] ids, int count, int parts, ref TopK top)
    {
        var room = top.Capacity;
        var found = new int[parts];
        var queryCopy = ArrayPool<float>.Shared.Rent(query.Length);
        var best = ArrayPool<ScoredId>.Shared.Rent(checked(parts * room));
        try
        {
            query.CopyTo(queryCopy);
            var length = query.Length;
            Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = parts }, part =>
            {
                var partTop = new TopK(best.AsSpan(part * room, room));
                Part(queryCopy.AsSpan(0, length), vectors, ids, (int)((long)count * part / parts), (int)((long)count * (part + 1) / parts), ref partTop);
                found[part] = partTop.Count;
            });
            for (var part = 0; part < parts; part++)
            {
                foreach (var (id, score) in best.AsSpan(part * room, found[part]))
                    top.Offer(id, score);
            }
        }
        finally
        {
            ArrayPool<ScoredId>.Shared.Return(best);
            ArrayPool<float>.Shared.Return(queryCopy);
        }
    }
}
