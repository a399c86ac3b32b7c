using System.Collections.Concurrent;
using Search.Hosting.Databases;
using Search.Indexing.Outbox;

namespace Search.Indexing.Storage;

/// <summary>
/// The catalogue's database: reads run beside each other on pooled connections, writes go one after the other through the
/// <see cref="WriteQueue"/>. Safe for concurrent use.
/// </summary>
internal sealed class CatalogueDatabase : IAsyncDisposable
{
    private readonly SqliteDatabase _database;
    private readonly ConcurrentBag<CatalogueSession> _readers = [];
    private readonly WriteQueue _writes;

    internal CatalogueDatabase(string path, TimeProvider time, OutboxSignal outbox, ReleaseSignal released)
    {
        _database = new SqliteDatabase(path, Schema.Migrations);
        _writes = new WriteQueue(OpenSession(), time, outbox, released);
    }

    /// <summary>Runs a read that sees one moment of the catalogue.</summary>
    internal T Read<T>(Func<CatalogueSession, T> work)
    {
        var session = _readers.TryTake(out var pooled) ? pooled : OpenSession();
        session.Begin(write: false);
        try
        {
            return work(session);
        }
        finally
        {
            // Also after a refusal, which is an ordinary way to end: the session is as good as new. There is nothing to commit.
            session.Rollback();
            _readers.Add(session);
        }
    }

    /// <summary>Runs a write; when the task completes it is committed. An exception undoes this write alone.</summary>
    internal Task<T> WriteAsync<T>(Func<CatalogueSession, T> work, CancellationToken cancellation) => _writes.RunAsync(work, cancellation);

    internal Task WriteAsync(Action<CatalogueSession> work, CancellationToken cancellation) => _writes.RunAsync(session =>
    {
        work(session);
        return true;
    }, cancellation);

    public async ValueTask DisposeAsync()
    {
        await _writes.DisposeAsync();
        while (_readers.TryTake(out var session))
            session.Dispose();
    }

    private CatalogueSession OpenSession() => new(_database.OpenPrepared());
}
