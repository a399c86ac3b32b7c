using Search.Vectors;

namespace Search.Ann.Indexes.Storage;

internal static class ResultRoom
{
    /// <summary>The part of <paramref name="results"/> that a search of an index of <paramref name="count"/> ids fills.</summary>
    /// <exception cref="ArgumentException">There is too little of it.</exception>
    public static Span<ScoredId> For(int k, int count, Span<ScoredId> results)
    {
        var room = Math.Min(k, count);
        return results.Length >= room
            ? results[..room]
            : throw new ArgumentException($"Room for {results.Length} results where {room} are to be returned.", nameof(results));
    }
}
