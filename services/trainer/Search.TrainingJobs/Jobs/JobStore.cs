using System.Text.Json;
using Microsoft.Data.Sqlite;
using Search.Contracts.Messages;
using Search.Contracts.Training;
using Search.Hosting;
using Search.Hosting.Databases;

namespace Search.TrainingJobs.Jobs;

/// <summary>Every job there ever was, in a table. What it says survives the service. Safe for concurrent use.</summary>
internal sealed class JobStore(DataDirectory data, TimeProvider time) : IDisposable
{
    private const string Columns =
        "id, state, name, version, photos, catalogue, judging_catalogue, seed, candidate, note, created, started, ended, attempts, cancel_requested, progress, score, reason, model, start_from";

    private static readonly string[] s_migrations =
    [
        """
        CREATE TABLE job (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            state INTEGER NOT NULL,
            name TEXT NOT NULL,
            version TEXT NOT NULL,
            photos TEXT NOT NULL,
            catalogue TEXT,
            judging_catalogue TEXT,
            seed INTEGER NOT NULL,
            recipe TEXT,
            candidate INTEGER NOT NULL,
            note TEXT NOT NULL,
            created INTEGER NOT NULL,
            started INTEGER,
            ended INTEGER,
            attempts INTEGER NOT NULL DEFAULT 0,
            cancel_requested INTEGER NOT NULL DEFAULT 0,
            progress TEXT,
            score TEXT,
            reason TEXT,
            model TEXT,
            has_files INTEGER NOT NULL DEFAULT 1
        );
        CREATE INDEX job_by_state ON job (state, id);
        """,
        "ALTER TABLE job ADD COLUMN start_from TEXT;",
    ];

    private readonly Lock _one = new();
    private readonly PreparedConnection _connection = new SqliteDatabase(Path.Combine(data.For("trainer"), "jobs.db"), s_migrations).OpenPrepared();

    public TrainingJob Add(StartTrainingJob request, string version) => Locked(connection =>
    {
        var id = connection.Number(
            "INSERT INTO job (state, name, version, photos, catalogue, judging_catalogue, seed, recipe, candidate, note, created, start_from) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id",
            (int)TrainingJobState.Queued, request.Name, version, request.Photos, request.Catalogue, request.JudgingCatalogue, request.Seed, request.Recipe, request.Candidate, request.Note, Now(), request.StartFrom);
        return Read(connection, id!.Value)!;
    });

    public TrainingJob? Find(long id) => Locked(connection => Read(connection, id));

    /// <summary>The recipe that a job was started with; null for the default one, and for no job.</summary>
    public string? Recipe(long id) => Locked(connection => connection.First("SELECT recipe FROM job WHERE id = $1 AND recipe IS NOT NULL", row => row.GetString(0), id));

    /// <summary>Newest first.</summary>
    /// <param name="before">Only jobs with a lower id; null for all.</param>
    /// <param name="limit">Jobs at most.</param>
    /// <param name="state">Only jobs in it; null for all.</param>
    public List<TrainingJob> List(long? before, int limit, TrainingJobState? state) => Locked(connection => connection.Query(
        $"SELECT {Columns} FROM job WHERE ($1 IS NULL OR id < $1) AND ($2 IS NULL OR state = $2) ORDER BY id DESC LIMIT $3", Read, before, (int?)state, limit));

    /// <summary>Jobs that have not ended, oldest first.</summary>
    public List<TrainingJob> Open() => Locked(connection => connection.Query(
        $"SELECT {Columns} FROM job WHERE state IN ($1, $2) ORDER BY id", Read, (int)TrainingJobState.Queued, (int)TrainingJobState.Running));

    /// <summary>The job whose turn it is, running from now on: one that ran when the service went down, or the oldest queued one. Null when nothing is to be done.</summary>
    public TrainingJob? TakeNext() => Locked(connection =>
    {
        var id = connection.Number("SELECT id FROM job WHERE state IN ($1, $2) ORDER BY state DESC, id LIMIT 1", (int)TrainingJobState.Queued, (int)TrainingJobState.Running);
        if (id is null)
            return null;
        connection.Execute("UPDATE job SET state = $1, started = COALESCE(started, $2), attempts = attempts + 1, progress = NULL WHERE id = $3", (int)TrainingJobState.Running, Now(), id);
        return Read(connection, id.Value);
    });

    /// <summary>The service goes down in order: the attempt does not count.</summary>
    public void Interrupt(long id) => Locked(connection => connection.Execute("UPDATE job SET attempts = attempts - 1 WHERE id = $1", id));

    /// <summary>Ends a queued job, and marks a running one. One that has ended stays as it is.</summary>
    /// <returns>The job as it was before; null when there is none.</returns>
    public TrainingJob? Cancel(long id) => Locked(connection =>
    {
        var before = Read(connection, id);
        if (before?.State == TrainingJobState.Queued)
            connection.Execute("UPDATE job SET state = $1, ended = $2 WHERE id = $3", (int)TrainingJobState.Cancelled, Now(), id);
        else if (before?.State == TrainingJobState.Running)
            connection.Execute("UPDATE job SET cancel_requested = 1 WHERE id = $1", id);
        return before;
    });

    public void Tell(long id, TrainingRunProgress progress) =>
        Locked(connection => connection.Execute("UPDATE job SET progress = $1 WHERE id = $2", JsonSerializer.Serialize(progress), id));

    public void Tell(long id, TrainingRunScore score) =>
        Locked(connection => connection.Execute("UPDATE job SET score = $1 WHERE id = $2", JsonSerializer.Serialize(score), id));

    public TrainingJob End(long id, JobEnd end) => Locked(connection =>
    {
        connection.Execute("UPDATE job SET state = $1, ended = $2, reason = $3, model = $4 WHERE id = $5", (int)end.State, Now(), end.Reason, end.Model, id);
        return Read(connection, id)!;
    });

    /// <summary>Ended jobs whose files are still there although as many as <paramref name="keep"/> ended later.</summary>
    public List<TrainingJob> WithOldFiles(int keep) => Locked(connection => connection.Query(
        $"SELECT {Columns} FROM job WHERE has_files = 1 AND ended IS NOT NULL ORDER BY ended DESC, id DESC LIMIT -1 OFFSET $1", Read, keep));

    public void ForgetFiles(long id) => Locked(connection => connection.Execute("UPDATE job SET has_files = 0 WHERE id = $1", id));

    public bool HasFiles(long id) => Locked(connection => connection.Number("SELECT has_files FROM job WHERE id = $1", id) == 1);

    public void Dispose() => _connection.Dispose();

    private T Locked<T>(Func<PreparedConnection, T> work)
    {
        lock (_one)
            return work(_connection);
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static TrainingJob? Read(PreparedConnection connection, long id) => connection.First($"SELECT {Columns} FROM job WHERE id = $1", Read, id);

    private static TrainingJob Read(SqliteDataReader row) => new()
    {
        Id = row.GetInt64(0),
        State = (TrainingJobState)row.GetInt32(1),
        Name = row.GetString(2),
        Version = row.GetString(3),
        Photos = row.GetString(4),
        Catalogue = Text(row, 5),
        JudgingCatalogue = Text(row, 6),
        Seed = row.GetInt32(7),
        Candidate = row.GetBoolean(8),
        Note = row.GetString(9),
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(10)),
        StartedAt = Moment(row, 11),
        EndedAt = Moment(row, 12),
        Attempts = row.GetInt32(13),
        CancelRequested = row.GetBoolean(14),
        Progress = Text(row, 15) is { } progress ? JsonSerializer.Deserialize<TrainingRunProgress>(progress) : null,
        Score = Text(row, 16) is { } score ? JsonSerializer.Deserialize<TrainingRunScore>(score) : null,
        Reason = Text(row, 17),
        Model = Text(row, 18),
        StartFrom = Text(row, 19),
    };

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset? Moment(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
