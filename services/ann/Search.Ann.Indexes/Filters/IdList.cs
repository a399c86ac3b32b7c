namespace Search.Ann.Indexes.Filters;

/// <summary>Ids far apart.</summary>
/// <param name="ids">Ascending, none twice.</param>
internal sealed class IdList(long[] ids) : IdSet
{
    private readonly HashSet<long> _members = [.. ids];

    public override long Count => ids.Length;

    public override bool Passes(long id) => _members.Contains(id);

    public override bool TryNext(ref long cursor, out long id)
    {
        var isThere = cursor < ids.Length;
        id = isThere ? ids[cursor++] : 0;
        return isThere;
    }
}
