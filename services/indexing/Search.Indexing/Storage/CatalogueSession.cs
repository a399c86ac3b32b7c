using Search.Hosting.Databases;

namespace Search.Indexing.Storage;

/// <summary>
/// The catalogue's tables over one connection: inside a read all of them show one moment, inside a write all changes commit together.
/// </summary>
internal sealed class CatalogueSession : IDisposable
{
    private readonly PreparedConnection _connection;

    internal CatalogueSession(PreparedConnection connection)
    {
        _connection = connection;
        Items = new ItemTable(connection);
        Images = new ImageTable(connection);
        ImageModels = new ImageModelTable(connection);
        ServedModels = new ServedModelTable(connection);
        Removals = new RemovalTable(connection);
        Outbox = new OutboxTable(connection);
        Content = new ContentTable(connection);
        Uploads = new UploadTable(connection);
        Distinct = new DistinctTable(connection);
    }

    internal ItemTable Items { get; }

    internal ImageTable Images { get; }

    internal ImageModelTable ImageModels { get; }

    internal ServedModelTable ServedModels { get; }

    internal RemovalTable Removals { get; }

    internal OutboxTable Outbox { get; }

    internal ContentTable Content { get; }

    internal UploadTable Uploads { get; }

    internal DistinctTable Distinct { get; }

    /// <summary>Unix milliseconds at which the current piece of work began.</summary>
    internal long Now { get; set; }

    /// <summary>W3C trace parent that events written now continue; null when nobody traces.</summary>
    internal string? TraceParent { get; set; }

    /// <summary>The next value of the catalogue's clock; the row's lock serialises writers until they commit.</summary>
    internal long NextRevision() => _connection.Number("UPDATE revision SET value = value + 1 RETURNING value")!.Value;

    internal void Begin(bool write) => _connection.Execute(write ? "BEGIN IMMEDIATE" : "BEGIN");

    internal void Commit() => _connection.Execute("COMMIT");

    internal void Rollback() => _connection.Execute("ROLLBACK");

    internal void TryRollback() => _connection.TryRollback();

    internal void Mark() => _connection.Execute("SAVEPOINT work");

    internal void Keep() => _connection.Execute("RELEASE work");

    internal void Undo()
    {
        _connection.Execute("ROLLBACK TO work");
        _connection.Execute("RELEASE work");
    }

    public void Dispose() => _connection.Dispose();
}
