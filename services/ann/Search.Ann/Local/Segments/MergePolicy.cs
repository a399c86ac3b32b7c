namespace Search.Ann.Local.Segments;

/// <summary>Which segments become one next.</summary>
internal static class MergePolicy
{
    // A search has to look past the dead, and they take memory; rewriting costs as much as the living.
    private const int LeastDeadShare = 4;

    /// <summary>
    /// The newest segment with all before it that are no larger than what came after them: sizes stay a falling sequence, each at most half the one before, so n segments' worth of writes leave log₂ n of
    /// them and each vector is built into a graph log₂ n times. Where that leaves the newest alone and in a file already, the same of the one before, and so on; then one that a quarter of is dead.
    /// </summary>
    /// <param name="segments">Oldest first, without the one that takes writes.</param>
    /// <returns>An empty range when all is well.</returns>
    public static Range Choose(ReadOnlySpan<Segment> segments)
    {
        for (var end = segments.Length; end > 0; end--)
        {
            var start = end - 1;
            for (long size = segments[start].Alive; start > 0 && segments[start - 1].Alive <= size; start--)
                size += segments[start - 1].Alive;
            if (start < end - 1 || segments[start].File is null) return start..end;
        }
        for (var i = 0; i < segments.Length; i++)
        {
            if (segments[i].Dead > segments[i].Index.Count / LeastDeadShare) return i..(i + 1);
        }
        return default;
    }
}
