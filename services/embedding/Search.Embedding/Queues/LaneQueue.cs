using System.Diagnostics.CodeAnalysis;

namespace Search.Embedding;

/// <summary>
/// First in, first out within a lane, the query lane first. Whatever waits can be taken out from the middle at once, as cancellation
/// needs. Not thread-safe: its owner has a lock.
/// </summary>
internal sealed class LaneQueue<T>
{
    private readonly LinkedList<T> _queries = new();
    private readonly LinkedList<T> _catalogue = new();

    public int Count => _queries.Count + _catalogue.Count;

    public int CountOf(WorkLane lane) => Of(lane).Count;

    public LinkedListNode<T> Enqueue(T item, WorkLane lane) => Of(lane).AddLast(item);

    public bool TryDequeue([MaybeNullWhen(false)] out T item)
    {
        var lane = _queries.Count > 0 ? _queries : _catalogue;
        if (lane.First is not { } first)
        {
            item = default;
            return false;
        }
        item = first.Value;
        lane.Remove(first);
        return true;
    }

    /// <returns>False when it was taken before.</returns>
    public bool Remove(LinkedListNode<T> node)
    {
        if (node.List != _queries && node.List != _catalogue)
            return false;
        node.List!.Remove(node);
        return true;
    }

    /// <summary>The longest-waiting of each lane.</summary>
    public IEnumerable<T> Heads()
    {
        if (_queries.First is { } query)
            yield return query.Value;
        if (_catalogue.First is { } catalogue)
            yield return catalogue.Value;
    }

    private LinkedList<T> Of(WorkLane lane) => lane == WorkLane.Query ? _queries : _catalogue;
}
