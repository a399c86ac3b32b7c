using Search.Ann.Indexes;
using Search.Ann.Indexes.Exact;
using Search.Ann.Indexes.Tuning;
using Search.Vectors;

namespace Search.Benchmarks.Growth;

/// <summary>Queries with the score of the k-th best of each, found by exact search over one piece of the set after the other.</summary>
internal sealed class GrowthQueries
{
    internal const int K = 10;

    private const int Piece = 1 << 16;

    private readonly GeneratedSet _set;
    private readonly float[] _queries;
    private readonly float[] _worst;
    private readonly int _forTuning;

    private GrowthQueries(GeneratedSet set, float[] queries, float[] worst, int forTuning) => (_set, _queries, _worst, _forTuning) = (set, queries, worst, forTuning);

    /// <summary>Those that are measured with.</summary>
    internal int Count => _worst.Length - _forTuning;

    /// <summary>Others than those an index is measured with: an effort chosen on the very queries would look better than it is.</summary>
    internal RecallMeter Tuning => RecallMeter.Of(_queries.AsMemory(0, _forTuning * _set.Dimension), _set.Dimension, K, _worst[.._forTuning]);

    internal static GrowthQueries Answer(GeneratedSet set, int forTuning, int measured)
    {
        var all = forTuning + measured;
        var queries = set.Queries(all);
        var best = Enumerable.Range(0, all).Select(_ => Enumerable.Repeat(float.NegativeInfinity, K).ToArray()).ToArray();
        var (results, counts) = (new ScoredId[all * K], new int[all]);
        var rows = new float[Math.Min(Piece, set.Count) * set.Dimension];
        for (var first = 0; first < set.Count; first += Piece)
        {
            var count = Math.Min(Piece, set.Count - first);
            set.Fill(first, rows.AsMemory(0, count * set.Dimension));
            using var piece = new ExactIndexFactory().Create(new IndexShape(VectorMetric.SquaredL2, set.Dimension));
            piece.UpsertAll(Enumerable.Range(first, count).Select(i => (long)i).ToArray(), rows.AsMemory(0, count * set.Dimension));
            piece.SearchAll(queries, K, new SearchOptions { Threads = 0 }, results, counts, out _);
            for (var q = 0; q < all; q++)
                best[q] = [.. best[q].Concat(results.Skip(q * K).Take(counts[q]).Select(result => result.Score)).OrderDescending().Take(K)];
        }
        return new GrowthQueries(set, queries, [.. best.Select(scores => scores[^1])], forTuning);
    }

    internal ReadOnlySpan<float> Query(int q) => _queries.AsSpan((_forTuning + q) * _set.Dimension, _set.Dimension);

    internal int Hits(int q, ReadOnlySpan<ScoredId> found)
    {
        var hits = 0;
        foreach (var result in found)
            hits += result.Score >= _worst[_forTuning + q] ? 1 : 0;
        return hits;
    }
}
