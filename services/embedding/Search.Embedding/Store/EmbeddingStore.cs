using System.Threading.Channels;
using Microsoft.Data.Sqlite;
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
    private readonly Channel<StoreWrite> _writes = Channel.CreateBounded<StoreWrite>(new BoundedChannelOptions(4 * MaxWritesInOneCommit) { SingleReader = true });
    private readonly Task _writer;

    public EmbeddingStore(DataDirectory data)
    {
        _database = new SqliteDatabase(Path.Combine(data.For("embedding"), "embeddings.db"), s_migrations);
        _writer = Task.Run(WriteAsync);
    }

    /// <returns>Null when this content has no vector of this model.</returns>
    public StoredEmbedding? TryGet(string contentHash, EmbeddingModelId model, int dimension)
    {
        using var connection = _database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT vector, perceptual_hash FROM embedding WHERE content_hash = $hash AND model_id = $model";
        command.Parameters.AddWithValue("$hash", contentHash);
        command.Parameters.AddWithValue("$model", model.Value);
        using var reader = command.ExecuteReader();
        return reader.Read()
            ? new StoredEmbedding(VectorBlob.Read(reader.GetFieldValue<byte[]>(0), dimension), unchecked((ulong)reader.GetInt64(1)))
            : null;
    }

    /// <summary>Completes when the vector is committed; one that is there already stays.</summary>
    public Task AddAsync(string contentHash, EmbeddingModelId model, StoredEmbedding embedding, CancellationToken cancellation) =>
        EnqueueAsync(new StoreWrite(contentHash, model.Value, embedding), cancellation);

    /// <summary>Forgets what any model made of this content; completes when that is committed.</summary>
    public Task ForgetAsync(string contentHash, CancellationToken cancellation) =>
        EnqueueAsync(new StoreWrite(contentHash, null, null), cancellation);

    /// <summary>Commits what waits, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        _writes.Writer.TryComplete();
        await _writer;
    }

    private async Task EnqueueAsync(StoreWrite write, CancellationToken cancellation)
    {
        await _writes.Writer.WriteAsync(write, cancellation);
        await write.Committed.Task;
    }

    private async Task WriteAsync()
    {
        var batch = new List<StoreWrite>(MaxWritesInOneCommit);
        while (await _writes.Reader.WaitToReadAsync())
        {
            while (batch.Count < MaxWritesInOneCommit && _writes.Reader.TryRead(out var write))
                batch.Add(write);
            try
            {
                Commit(batch);
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

    private void Commit(List<StoreWrite> batch)
    {
        using var connection = _database.Open();
        using var transaction = connection.BeginTransaction();
        foreach (var write in batch)
        {
            using var command = connection.CreateCommand();
            command.Transaction = transaction;
            write.Fill(command);
            command.ExecuteNonQuery();
        }
        transaction.Commit();
    }

    private sealed record StoreWrite(string ContentHash, string? ModelId, StoredEmbedding? Embedding)
    {
        public TaskCompletionSource Committed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Fill(SqliteCommand command)
        {
            command.Parameters.AddWithValue("$hash", ContentHash);
            if (Embedding is null)
            {
                command.CommandText = "DELETE FROM embedding WHERE content_hash = $hash";
                return;
            }
            command.CommandText = "INSERT OR IGNORE INTO embedding (content_hash, model_id, vector, perceptual_hash) VALUES ($hash, $model, $vector, $phash)";
            command.Parameters.AddWithValue("$model", ModelId);
            command.Parameters.AddWithValue("$vector", VectorBlob.Write(Embedding.Vector));
            command.Parameters.AddWithValue("$phash", unchecked((long)Embedding.PerceptualHash));
        }
    }
}
