using Microsoft.Data.Sqlite;

namespace Search.Hosting.Databases;

/// <summary>
/// One embedded database file with its migrations. Readers run beside the writer (WAL); a commit survives the process's death, and the last few may be
/// lost only when the machine loses power (synchronous=NORMAL), which the data plane repairs by sending events again.
/// </summary>
public sealed class SqliteDatabase
{
    private readonly string _connectionString;

    /// <param name="path">The database file; made when missing.</param>
    /// <param name="migrations">SQL scripts in order; script i brings version i to i + 1. Never change one that has shipped: add another.</param>
    /// <exception cref="InvalidOperationException">The file was written by a newer version of this software.</exception>
    public SqliteDatabase(string path, IReadOnlyList<string> migrations)
    {
        ArgumentNullException.ThrowIfNull(migrations);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        _connectionString = new SqliteConnectionStringBuilder { DataSource = path, Pooling = true, DefaultTimeout = 30 }.ToString();
        Migrate(path, migrations);
    }

    /// <summary>An open connection out of the pool; dispose it to give it back.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        // Temporary files hold, above all, the pages that a savepoint may have to bring back: on disk they were three quarters of all writes of an import.
        Execute(connection, "PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;");
        return connection;
    }

    /// <summary>An open connection for its owner to keep.</summary>
    public PreparedConnection OpenPrepared() => new(Open());

    private void Migrate(string path, IReadOnlyList<string> migrations)
    {
        using var connection = Open();
        Execute(connection, "PRAGMA journal_mode = WAL;");
        // The lock is taken before the version is read: two processes may start at once.
        using var transaction = connection.BeginTransaction(deferred: false);
        var version = Convert.ToInt32(Scalar(connection, transaction, "PRAGMA user_version;"), System.Globalization.CultureInfo.InvariantCulture);
        if (version > migrations.Count)
            throw new InvalidOperationException($"'{path}' has schema version {version}, but this version of the software knows {migrations.Count}: use the newer version, or another data directory.");
        for (; version < migrations.Count; version++)
            Execute(connection, migrations[version], transaction);
        Execute(connection, $"PRAGMA user_version = {version};", transaction);
        transaction.Commit();
    }

    private static object? Scalar(SqliteConnection connection, SqliteTransaction transaction, string sql)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // The text is a constant or a migration of ours.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }

    private static void Execute(SqliteConnection connection, string sql, SqliteTransaction? transaction = null)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // The text is a constant or a migration of ours.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
