using Microsoft.Data.Sqlite;

namespace Search.Indexing.Storage;

/// <summary>Columns that may be null.</summary>
internal static class ReaderExtensions
{
    internal static string? TextOrNull(this SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    internal static long? NumberOrNull(this SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);

    internal static double? RealOrNull(this SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetDouble(column);
}
