namespace Search.Ann.Indexes.Storage;

/// <summary>A few scratches of one kind, as many as searches tend to run at once; one more is made where they do not suffice. Thread-safe, lock-free.</summary>
internal sealed class ScratchPool<T>(Func<T> create)
    where T : class
{
    private readonly T?[] _free = new T?[2 * Environment.ProcessorCount];

    public T Rent()
    {
        foreach (ref var place in _free.AsSpan())
        {
            if (place is not null && Interlocked.Exchange(ref place, null) is { } scratch) return scratch;
        }
        return create();
    }

    public void Return(T scratch)
    {
        foreach (ref var place in _free.AsSpan())
        {
            if (place is null && Interlocked.CompareExchange(ref place, scratch, null) is null) return;
        }
    }
}
