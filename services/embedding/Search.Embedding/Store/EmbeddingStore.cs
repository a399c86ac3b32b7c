using System.Collections.Concurrent;
using System.Threading.Channels;
using Search.Contracts;
using Search.Hosting;
using Search.Hosting.Databases;

namespace Search.Embedding;

/// <summary>
/// Vectors by content and model, so that the catalogue's bytes are embedded once, whatever is sent again. One writer commits what has queued up
/// meanwhile in one transaction: under an import a commit serves several pictures, and a lone one waits for nobody. Safe for concurrent use.
/// </summary>
internal sealed class EmbeddingStore : IAsyncDisposable
{
    private const int MaxWritesInOneCommit = 256;

    private static readonly string[] s_migrations =
    [
        """
        CREATE TABLE embedding (
            content_hash TEXT NOT NULL,
            model_id TEXT NOT NULL,
            vector BLOB NOT NULL,
            perceptual_hash INTEGER NOT NULL,
            PRIMARY KEY (content_hash, model_id)
        );
        """,
    ];

    private readonly SqliteDatabase _database;
    private readonly ConcurrentBag<PreparedConnection> _readers = [];
    private readonly Channel<StoreWrite> _writes = Channel.CreateBounded<StoreWrite>(new BoundedChannelOptions(4 * MaxWritesInOneCommit) { SingleReader = true });
    private readonly Task _writer;

    public EmbeddingStore(DataDirectory data)
    {
        _database = new SqliteDatabase(Path.Combine(data.For("embedding"), "embeddings.db"), s_migrations);
        _writer = Task.Run(WriteAsync);
    }

    /// <returns>Null when this content has no vector of this model.</returns>
    public StoredEmbedding? TryGet(string contentHash, EmbeddingModelId model, int dimension) => Read(reader => reader.First(
        "SELECT vector, perceptual_hash FROM embedding WHERE content_hash = $1 AND model_id = $2",
        row => new StoredEmbedding(VectorBlob.Read(row.GetFieldValue<byte[]>(0), dimension), unchecked((ulong)row.GetInt64(1))),
        contentHash, model.Value));

    /// <summary>Completes when the vector is committed; one that is there already stays.</summary>
    public Task AddAsync(string contentHash, EmbeddingModelId model, StoredEmbedding embedding, CancellationToken cancellation) =>
        EnqueueAsync(new Added(contentHash, model.Value, embedding), cancellation);

    /// <summary>Forgets what any model made of this content; completes when that is committed.</summary>
    public Task ForgetAsync(string contentHash, CancellationToken cancellation) =>
        EnqueueAsync(new ForgottenContent(contentHash), cancellation);

    /// <summary>
    /// Forgets every vector of some models, a thousand vectors to a commit, so that what is stored meanwhile hardly waits. What is added behind its back, stays.
    /// </summary>
    /// <returns>How many it forgot.</returns>
    public async Task<long> ForgetModelsAsync(IReadOnlyCollection<EmbeddingModelId> models, CancellationToken cancellation)
    {
        var forgotten = 0L;
        for (var after = ""; LastOfNext(after) is { Length: > 0 } last; after = last)
        {
            foreach (var model in models)
            {
                var write = new ForgottenModel(model.Value, after, last);
                await EnqueueAsync(write, cancellation);
                forgotten += write.Count;
            }
        }
        return forgotten;
    }

    /// <summary>Commits what waits, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        _writes.Writer.TryComplete();
        await _writer;
        while (_readers.TryTake(out var reader))
            reader.Dispose();
    }

    /// <returns>The last content of the next thousand vectors; empty when there are none.</returns>
    private string LastOfNext(string after) => Read(reader => reader.First(
        "SELECT COALESCE(MAX(content_hash), '') FROM (SELECT content_hash FROM embedding WHERE content_hash > $1 ORDER BY content_hash LIMIT 1000)",
        row => row.GetString(0),
        after))!;

    private T Read<T>(Func<PreparedConnection, T> read)
    {
        var reader = _readers.TryTake(out var pooled) ? pooled : _database.OpenPrepared();
        try
        {
            return read(reader);
        }
        finally
        {
            _readers.Add(reader);
        }
    }

    private async Task EnqueueAsync(StoreWrite write, CancellationToken cancellation)
    {
        await _writes.Writer.WriteAsync(write, cancellation);
        await write.Committed.Task;
    }

    private async Task WriteAsync()
    {
        using var connection = _database.OpenPrepared();
        var batch = new List<StoreWrite>(MaxWritesInOneCommit);
        while (await _writes.Reader.WaitToReadAsync())
        {
            while (batch.Count < MaxWritesInOneCommit && _writes.Reader.TryRead(out var write))
                batch.Add(write);
            try
            {
                Commit(connection, batch);
                batch.ForEach(w => w.Committed.SetResult());
            }
            catch (Exception e)
            {
                // The callers learn of it (their events are tried again) and the writer lives on: a full disk may be freed.
                batch.ForEach(w => w.Committed.TrySetException(e));
            }
            batch.Clear();
        }
    }

    private static void Commit(PreparedConnection connection, List<StoreWrite> batch)
    {
        connection.Execute("BEGIN IMMEDIATE");
        try
        {
            foreach (var write in batch)
                write.Run(connection);
            connection.Execute("COMMIT");
        }
        catch
        {
            connection.TryRollback();
            throw;
        }
    }

    private abstract record StoreWrite
    {
        public TaskCompletionSource Committed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public abstract void Run(PreparedConnection connection);
    }

    private sealed record Added(string ContentHash, string ModelId, StoredEmbedding Embedding) : StoreWrite
    {
        public override void Run(PreparedConnection connection) => connection.Execute(
            "INSERT OR IGNORE INTO embedding (content_hash, model_id, vector, perceptual_hash) VALUES ($1, $2, $3, $4)",
            ContentHash, ModelId, VectorBlob.Write(Embedding.Vector), unchecked((long)Embedding.PerceptualHash));
    }

    private sealed record ForgottenContent(string ContentHash) : StoreWrite
    {
        public override void Run(PreparedConnection connection) => connection.Execute("DELETE FROM embedding WHERE content_hash = $1", ContentHash);
    }

    private sealed record ForgottenModel(string ModelId, string After, string Last) : StoreWrite
    {
        public int Count { get; private set; }

        public override void Run(PreparedConnection connection) => Count = connection.Execute(
            "DELETE FROM embedding WHERE content_hash > $1 AND content_hash <= $2 AND model_id = $3", After, Last, ModelId);
    }
}
