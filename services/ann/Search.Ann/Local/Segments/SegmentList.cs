using Search.Ann.Indexes;

namespace Search.Ann.Local.Segments;

/// <summary>
/// The segments of a collection, oldest first; the last takes writes. Searches take the whole list at any time, writers and the keeper change it one at a time, each time by one assignment of
/// a new list.
/// </summary>
/// <remarks>
/// A write goes to the last segment first and to the entry then. A search that asks the segments from the oldest on, and each hit's entry right after its segment, finds the old vector or the new
/// one of a key, or both, and never none; unless the list changed meanwhile, when it asks again.
/// </remarks>
internal sealed class SegmentList(Segment[] segments)
{
    private Segment[] _all = segments;

    public Segment[] All => Volatile.Read(ref _all);

    public Segment Last => _all[^1];

    /// <summary>The index that takes writes.</summary>
    public IMutableVectorIndex Writable => (IMutableVectorIndex)Last.Index;

    public void Upsert(long id, ReadOnlySpan<float> vector, Entry? known)
    {
        Writable.Upsert(id, vector);
        if (known is not null) Bury(known);
    }

    public void Remove(Entry entry)
    {
        if (Last.Holds(entry)) Writable.Remove(entry.Id);
        else Bury(entry);
    }

    public bool TryGetVector(Entry entry, Span<float> destination)
    {
        // Newest first: most lookups follow a write.
        var all = All;
        for (var i = all.Length - 1; i >= 0; i--)
        {
            if (all[i].Holds(entry)) return all[i].Index.TryGetVector(entry.Id, destination);
        }
        return false;
    }

    /// <summary>The last segment takes no more writes, and an empty one does from now on.</summary>
    public void Seal(IMutableVectorIndex fresh)
    {
        Volatile.Write(ref _all, [.. _all, new Segment(Last.Last + 1, fresh)]);
    }

    /// <summary>Puts one segment, or none where nothing is left alive, in the place of some that follow each other.</summary>
    public void Replace(ReadOnlySpan<Segment> sources, Segment? merged)
    {
        var at = Array.IndexOf(_all, sources[0]);
        Segment[] between = merged is null ? [] : [merged];
        Volatile.Write(ref _all, [.. _all[..at], .. between, .. _all[(at + sources.Length)..]]);
    }

    private void Bury(Entry known)
    {
        foreach (var segment in _all.AsSpan()[..^1])
        {
            if (segment.Holds(known)) segment.Dead++;
        }
    }
}
