using System.Diagnostics;

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
    private long _writingTicks;

    /// <summary>Time that writers have held it.</summary>
    public TimeSpan Writing => new(Volatile.Read(ref _writingTicks));

    public WriteScope Write()
    {
        var isOuter = !_writers.IsHeldByCurrentThread;
        return new WriteScope(_writers.EnterScope(), isOuter ? this : null);
    }

    /// <summary>Keeps writers out, for who only reads.</summary>
    public Lock.Scope Hold() => _writers.EnterScope();

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

    public readonly ref struct WriteScope
    {
        private readonly Lock.Scope _scope;
        private readonly IndexGate? _clocked;
        private readonly long _started;

        public WriteScope(Lock.Scope scope, IndexGate? clocked)
        {
            _scope = scope;
            _clocked = clocked;
            _started = clocked is null ? 0 : Stopwatch.GetTimestamp();
        }

        public void Dispose()
        {
            // Still the only writer.
            if (_clocked is not null) Volatile.Write(ref _clocked._writingTicks, _clocked._writingTicks + Stopwatch.GetElapsedTime(_started).Ticks);
            _scope.Dispose();
        }
    }

    public readonly ref struct ReadScope(ReaderWriterLockSlim visible)
    {
        public void Dispose() => visible.ExitReadLock();
    }

    public readonly ref struct PublishScope(ReaderWriterLockSlim visible)
    {
        public void Dispose() => visible.ExitWriteLock();
    }
}
