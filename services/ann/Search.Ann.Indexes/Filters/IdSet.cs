namespace Search.Ann.Indexes.Filters;

/// <summary>A filter that knows the ids it lets pass, so that a search can go from id to id.</summary>
internal abstract class IdSet : IdFilter
{
    internal sealed override long MostPassing => Count;

    public abstract long Count { get; }

    /// <summary>The next id in ascending order. Start with a <paramref name="cursor"/> of 0; false after the last.</summary>
    public abstract bool TryNext(ref long cursor, out long id);
}
