using Search.Hosting.Databases;
using Search.Testing;

namespace Search.Hosting.Tests.Databases;

public sealed class SqliteDatabaseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_AfterAMigrationWasAdded_KeepsTheRowsAndRunsOnlyTheNewOne()
    {
        string[] first = ["CREATE TABLE a (x INTEGER); INSERT INTO a VALUES (1);"];
        _ = new SqliteDatabase(_folder["d.db"], first);

        var database = new SqliteDatabase(_folder["d.db"], [.. first, "ALTER TABLE a ADD COLUMN y INTEGER DEFAULT 5;"]);

        using var connection = database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT sum(x + y) FROM a";
        Assert.Equal(6L, command.ExecuteScalar());
    }

    [Fact]
    public void Open_WhenAMigrationFails_LeavesTheOldVersionWhole()
    {
        string[] first = ["CREATE TABLE a (x INTEGER);"];
        _ = new SqliteDatabase(_folder["d.db"], first);

        Assert.ThrowsAny<Exception>(() => new SqliteDatabase(_folder["d.db"], [.. first, "CREATE TABLE b (y INTEGER); nonsense;"]));

        using var connection = new SqliteDatabase(_folder["d.db"], first).Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_master WHERE name = 'b'";
        Assert.Equal(0L, command.ExecuteScalar());
    }

    [Fact]
    public void Open_WhenTheFileIsNewerThanTheSoftware_RefusesAndSaysSo()
    {
        _ = new SqliteDatabase(_folder["d.db"], ["CREATE TABLE a (x INTEGER);", "CREATE TABLE b (x INTEGER);"]);

        var e = Assert.Throws<InvalidOperationException>(() => new SqliteDatabase(_folder["d.db"], ["CREATE TABLE a (x INTEGER);"]));

        Assert.Contains("schema version 2", e.Message, StringComparison.Ordinal);
    }
}
