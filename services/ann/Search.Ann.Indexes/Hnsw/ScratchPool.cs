namespace Search.Ann.Indexes.Hnsw;

/// <summary>A few scratches, as many as searches tend to run at once; one more is made where they do not suffice. Thread-safe, lock-free.</summary>
internal sealed class ScratchPool
{
    private readonly SearchScratch?[] _free = new SearchScratch?[2 * Environment.ProcessorCount];

    public SearchScratch Rent()
    {
        foreach (ref var place in _free.AsSpan())
        {
            if (place is not null && Interlocked.Exchange(ref place, null) is { } scratch)
            {
                scratch.Begin();
                return scratch;
            }
        }
        return new SearchScratch();
    }

    public void Return(SearchScratch scratch)
    {
        foreach (ref var place in _free.AsSpan())
        {
            if (place is null && Interlocked.CompareExchange(ref place, scratch, null) is null) return;
        }
    }
}
