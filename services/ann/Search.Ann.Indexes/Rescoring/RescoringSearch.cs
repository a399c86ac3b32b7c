using System.Buffers;
using System.Globalization;
using Search.Ann.Indexes.Metrics;
using Search.Ann.Indexes.Storage;
using Search.Vectors;

namespace Search.Ann.Indexes.Rescoring;

/// <summary>An index that chooses candidates, and a source of vectors that decides between them.</summary>
internal sealed class RescoringSearch<TMetric>(IVectorIndex inner, IVectorSource source, RescoringOptions options) : IVectorIndex
    where TMetric : struct, IMetric
{
    public string Name => RescoredIndex.IndexName;

    public VectorMetric Metric => TMetric.Kind;

    public int Dimension => source.Dimension;

    public int Count => inner.Count;

    public bool Contains(long id) => inner.Contains(id);

    public long[] ListIds() => inner.ListIds();

    public bool TryGetVector(long id, Span<float> destination)
    {
        if (!inner.Contains(id) || !source.TryGet(id, out var vector)) return false;
        vector.CopyTo(destination);
        GC.KeepAlive(source);
        return true;
    }

    public int Search(ReadOnlySpan<float> query, int k, SearchOptions search, Span<ScoredId> results, out SearchStatistics statistics)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        using var prepared = VectorIntake.Prepare(query, TMetric.Kind, Dimension);
        var count = inner.Count;
        var top = new TopK(ResultRoom.For(k, count, results));
        var wanted = search.Effort > 0 ? Math.Max(k, search.Effort) : k * options.Oversampling;
        // Beside a writer an inner index may grow meanwhile: it returns no more than asked for.
        var fetched = (int)Math.Clamp(wanted, 1, Math.Max(1, count));
        var candidates = ArrayPool<ScoredId>.Shared.Rent(fetched);
        try
        {
            var found = inner.Search(prepared.Vector, fetched, search, candidates, out statistics);
            var rescored = 0;
            foreach (var candidate in candidates.AsSpan(0, found))
            {
                if (!source.TryGet(candidate.Id, out var vector)) continue;
                top.Offer(candidate.Id, TMetric.Score(prepared.Vector, vector));
                rescored++;
            }
            statistics += new SearchStatistics(rescored, 0, rescored);
            return top.Sort();
        }
        finally
        {
            ArrayPool<ScoredId>.Shared.Return(candidates);
            GC.KeepAlive(source);
        }
    }

    public IndexDescription Describe()
    {
        var described = inner.Describe();
        var memory = described.Memory;
        return described with
        {
            Kind = $"{Name} {described.Kind}",
            Options = new Dictionary<string, string>(described.Options, StringComparer.Ordinal)
            {
                [nameof(RescoringOptions.Oversampling)] = options.Oversampling.ToString(CultureInfo.InvariantCulture),
            },
            // What leads is a code here, whatever the inner index takes it for.
            Memory = memory with
            {
                Vectors = source.Bytes,
                Codes = memory.Codes + memory.Vectors,
                Mapped = memory.Mapped + (source.IsMapped ? source.Bytes : 0),
            },
        };
    }

    /// <summary>Saves the inner index: the source is kept where it comes from.</summary>
    public void Save(Stream stream) => inner.Save(stream);

    public void Dispose()
    {
        inner.Dispose();
        source.Dispose();
    }
}
