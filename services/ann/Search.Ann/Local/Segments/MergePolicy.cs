namespace Search.Ann.Local.Segments;

/// <summary>Which segments are made into one next. All take them oldest first, without the one that takes writes.</summary>
internal static class MergePolicy
{
    // A search has to look past the dead, and they take memory; rewriting costs as much as the living.
    private const int LeastDeadShare = 4;

    // A search asks each of them, and writes at full speed add one every few seconds.
    private const int MostSegments = 8;

    /// <summary>The oldest that is not in a file yet. A graph that took writes is only laid out anew, which takes little.</summary>
    /// <returns>An empty range when all are.</returns>
    public static Range ToFreeze(ReadOnlySpan<Segment> segments)
    {
        for (var i = 0; i < segments.Length; i++)
        {
            if (segments[i].File is null) return i..(i + 1);
        }
        return default;
    }

    /// <summary>
    /// The newest segment with all before it that are no larger than what came after them: sizes stay a falling sequence, each at most half the one before, so n segments' worth of writes leave log₂ n of
    /// them, and each vector is built into a graph log₂ n times at most. Where that leaves the newest alone, the same of the one before, and so on; then one that a quarter of is dead.
    /// </summary>
    /// <returns>An empty range when all is well.</returns>
    public static Range ToMerge(ReadOnlySpan<Segment> segments)
    {
        for (var end = segments.Length; end > 0; end--)
        {
            var start = end - 1;
            for (long size = segments[start].Alive; start > 0 && segments[start - 1].Alive <= size; start--)
                size += segments[start - 1].Alive;
            if (start < end - 1) return start..end;
        }
        for (var i = 0; i < segments.Length; i++)
        {
            if (segments[i].Dead > segments[i].Index.Count / LeastDeadShare) return i..(i + 1);
        }
        return default;
    }

    /// <summary>Whether merging must not wait for a quiet moment.</summary>
    public static bool IsUrgent(ReadOnlySpan<Segment> segments) => segments.Length > MostSegments;
}
