namespace Search.Ann.Indexes.Filters;

internal sealed class IdPredicate(Func<long, bool> passes) : IdFilter
{
    internal override long MostPassing => long.MaxValue;

    public override bool Passes(long id) => passes(id);
}
