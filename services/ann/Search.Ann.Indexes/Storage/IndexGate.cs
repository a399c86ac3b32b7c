namespace Search.Ann.Indexes.Storage;

/// <summary>
/// The reader/writer discipline of an index, in three steps: a writer holds <see cref="Write"/> for its whole operation, so writers take
/// turns; while it plans, it only reads what searches read, so searches go on; it holds <see cref="Publish"/> for the short moment in which
/// it changes what searches see. A search holds <see cref="Read"/> from start to end, so nothing it looks at changes or is reused below it.
/// </summary>
internal sealed class IndexGate : IDisposable
{
    private readonly Lock _writers = new();
    private readonly ReaderWriterLockSlim _visible = new(LockRecursionPolicy.NoRecursion);

    public Lock.Scope Write() => _writers.EnterScope();

    public ReadScope Read()
    {
        _visible.EnterReadLock();
        return new ReadScope(_visible);
    }

    /// <summary>Only inside <see cref="Write"/>.</summary>
    public PublishScope Publish()
    {
        _visible.EnterWriteLock();
        return new PublishScope(_visible);
    }

    public void Dispose() => _visible.Dispose();

    public readonly ref struct ReadScope(ReaderWriterLockSlim visible)
    {
        public void Dispose() => visible.ExitReadLock();
    }

    public readonly ref struct PublishScope(ReaderWriterLockSlim visible)
    {
        public void Dispose() => visible.ExitWriteLock();
    }
}
