using Search.Ann.Indexes;
using Search.Ann.Indexes.Exact;
using Search.Ann.Indexes.Hnsw;
using Search.Vectors;

namespace Search.Ann.Tests.Local.Segments;

/// <summary>HNSW with a test between it and the keeper of segments: each step of the work calls what the test has put there, on the thread that does the work, before it begins.</summary>
internal sealed class WatchedFactory : IVectorIndexFactory
{
    private readonly HnswIndexFactory _inner = new();

    public delegate void Adding(IMutableVectorIndex index, ReadOnlyMemory<long> ids, ReadOnlyMemory<float> vectors, CancellationToken stop);

    /// <summary>Many vectors are about to be added to an index being merged.</summary>
    public Adding OnAdding { get; set; } = (_, _, _, _) => { };

    public Action OnFreezing { get; set; } = () => { };

    public Action OnOpening { get; set; } = () => { };

    public IndexCatalogue Catalogue => new(new ExactIndexFactory(), this);

    public string Name => _inner.Name;

    public IMutableVectorIndex Create(IndexShape shape) => new Watched(_inner.Create(shape), this);

    public IMutableVectorIndex Load(Stream stream) => new Watched(_inner.Load(stream), this);

    public IVectorIndex Freeze(IMutableVectorIndex index)
    {
        OnFreezing();
        return _inner.Freeze(((Watched)index).Inner);
    }

    public IVectorIndex Open(string path, FileVerification verification)
    {
        OnOpening();
        return _inner.Open(path, verification);
    }

    private sealed class Watched(IMutableVectorIndex inner, WatchedFactory watcher) : IMutableVectorIndex
    {
        public IMutableVectorIndex Inner => inner;

        public string Name => inner.Name;

        public VectorMetric Metric => inner.Metric;

        public int Dimension => inner.Dimension;

        public int Count => inner.Count;

        public bool Contains(long id) => inner.Contains(id);

        public long[] ListIds() => inner.ListIds();

        public bool TryGetVector(long id, Span<float> destination) => inner.TryGetVector(id, destination);

        public int Search(ReadOnlySpan<float> query, int k, SearchOptions options, Span<ScoredId> results, out SearchStatistics statistics) =>
            inner.Search(query, k, options, results, out statistics);

        public IndexDescription Describe() => inner.Describe();

        public void Save(Stream stream) => inner.Save(stream);

        public bool Upsert(long id, ReadOnlySpan<float> vector) => inner.Upsert(id, vector);

        public int UpsertUntil(ReadOnlyMemory<long> ids, ReadOnlyMemory<float> vectors, int threads, CancellationToken stop)
        {
            watcher.OnAdding(inner, ids, vectors, stop);
            return inner.UpsertUntil(ids, vectors, threads, stop);
        }

        public bool Remove(long id) => inner.Remove(id);

        public void Dispose() => inner.Dispose();
    }
}
