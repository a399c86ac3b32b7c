using Search.Ann.Indexes;
using Search.Ann.Indexes.Exact;

namespace Search.Ann.Local;

/// <summary>
/// The index of a local collection: exact while it is small, a graph or another approximate kind once it is not. That one is filled beside the exact index, in steps
/// between which writes go to both; then it takes over by one assignment. Searches run at any time; the writes and steps one at a time.
/// </summary>
/// <remarks>
/// It never goes back to exact: a collection at the threshold would build them for ever. Indexes are left to the collector and never
/// disposed of: a search may still be in one.
/// </remarks>
internal sealed class GrowingIndex(IndexCatalogue catalogue, IMutableVectorIndex index, int exactUpTo, string largeIndex)
{
    private IMutableVectorIndex _serving = index;
    private IMutableVectorIndex? _next;
    private Queue<long> _toCopy = [];
    private int _copied;

    public static IMutableVectorIndex Empty(IndexCatalogue catalogue, int dimension) =>
        catalogue[ExactIndexFactory.IndexName].Create(new IndexShape(VectorMetric.Cosine, dimension));

    /// <summary>What answers searches now.</summary>
    public IVectorIndex Serving => Volatile.Read(ref _serving);

    public bool IsGrowing => _next is not null;

    public (string Index, double Progress)? Growth =>
        _next is { } next ? (next.Name, (double)_copied / Math.Max(1, _copied + _toCopy.Count)) : null;

    public bool ShouldGrow => !IsGrowing && _serving.Name == ExactIndexFactory.IndexName && _serving.Count > exactUpTo;

    public void Upsert(long id, ReadOnlySpan<float> vector)
    {
        _serving.Upsert(id, vector);
        _next?.Upsert(id, vector);
    }

    public void Remove(long id)
    {
        _serving.Remove(id);
        _next?.Remove(id);
    }

    /// <param name="ids">All there are. Those that come later go to both indexes anyway.</param>
    public void BeginGrowth(IEnumerable<long> ids)
    {
        _toCopy = new Queue<long>(ids);
        _copied = 0;
        _next = catalogue[largeIndex].Create(new IndexShape(_serving.Metric, _serving.Dimension));
    }

    /// <summary>Copies some vectors; true when that was the last step and the large index answers from now on.</summary>
    public bool GrowStep(int vectors)
    {
        var vector = new float[_serving.Dimension];
        for (; vectors > 0 && _toCopy.TryDequeue(out var id); vectors--, _copied++)
        {
            // Gone since, or already there in a newer form: the copy here is of this very moment, so it is never older.
            if (_serving.TryGetVector(id, vector)) _next!.Upsert(id, vector);
        }
        if (_toCopy.Count > 0) return false;
        Volatile.Write(ref _serving, _next!);
        _next = null;
        return true;
    }
}
