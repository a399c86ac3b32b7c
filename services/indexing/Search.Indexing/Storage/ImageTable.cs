using Microsoft.Data.Sqlite;
using Search.Contracts.Catalogue;
using Search.Hosting.Databases;
using Search.Indexing.Catalogue;

namespace Search.Indexing.Storage;

internal sealed class ImageTable(PreparedConnection db)
{
    internal const string Columns = "item_id, number, revision, content_hash, content_type, state, perceptual_hash, failure_type, failure";

    private bool _changed;

    internal List<ItemImage> Of(string itemId) => db.Query($"SELECT {Columns} FROM images WHERE item_id = $1 ORDER BY number", Read, itemId);

    internal ItemImage? Find(string itemId, int number) =>
        db.First($"SELECT {Columns} FROM images WHERE item_id = $1 AND number = $2", Read, itemId, number);

    internal bool HasUnsettled(string itemId) => db.Number(
        "SELECT 1 FROM images WHERE item_id = $1 AND (state < 2 OR (state = 2 AND perceptual_hash IS NULL)) LIMIT 1", itemId) is not null;

    /// <summary>Puts a picture at its number, in place of any other; it is published as ImageAccepted.</summary>
    internal void Put(string itemId, int number, long revision, Picture picture, string? traceParent)
    {
        db.Execute(
            """
            INSERT OR REPLACE INTO images (item_id, number, revision, content_hash, content_type, state, trace_parent)
            VALUES ($1, $2, $3, $4, $5, 0, $6)
            """,
            itemId, number, revision, picture.ContentHash, picture.ContentType, traceParent);
        _changed = true;
    }

    internal void Remove(string itemId, int number) => db.Execute("DELETE FROM images WHERE item_id = $1 AND number = $2", itemId, number);

    internal void SetEmbedded(ItemImage image, ulong perceptualHash, ImageState state, long now)
    {
        db.Execute(
            """
            UPDATE images SET state = $3, perceptual_hash = $4, failure_type = NULL, failure = NULL, touched_at = $5
            WHERE item_id = $1 AND number = $2
            """,
            image.ItemId, image.Number, (int)state, unchecked((long)perceptualHash), now);
        _changed = true;
    }

    internal void SetPerceptualHash(ItemImage image, ulong perceptualHash) => db.Execute(
        "UPDATE images SET perceptual_hash = $3 WHERE item_id = $1 AND number = $2", image.ItemId, image.Number, unchecked((long)perceptualHash));

    internal void SetIndexed(ItemImage image, long now)
    {
        db.Execute(
            "UPDATE images SET state = 2, failure_type = NULL, failure = NULL, touched_at = $3 WHERE item_id = $1 AND number = $2",
            image.ItemId, image.Number, now);
        _changed = true;
    }

    internal void SetFailed(ItemImage image, string type, string reason, long now)
    {
        db.Execute(
            "UPDATE images SET state = 3, failure_type = $3, failure = $4, touched_at = $5 WHERE item_id = $1 AND number = $2",
            image.ItemId, image.Number, type, reason, now);
        _changed = true;
    }

    /// <summary>Back to accepted, to be published again.</summary>
    internal void Resend(string itemId, int number)
    {
        db.Execute("UPDATE images SET state = 0, touched_at = NULL WHERE item_id = $1 AND number = $2", itemId, number);
        _changed = true;
    }

    /// <summary>Accepted pictures that no event was published for yet, oldest first.</summary>
    internal List<(ItemImage Image, string? TraceParent)> Unpublished(int limit) => db.Query(
        $"SELECT {Columns}, trace_parent FROM images WHERE state = 0 AND touched_at IS NULL ORDER BY revision, number LIMIT $1",
        row => (Read(row), row.TextOrNull(9)),
        limit);

    /// <summary>The picture's event is confirmed. A picture that was replaced or has advanced meanwhile stays as it is.</summary>
    internal void MarkPublished(ItemImage image, long now) => db.Execute(
        "UPDATE images SET touched_at = $4 WHERE item_id = $1 AND number = $2 AND revision = $3 AND state = 0 AND touched_at IS NULL",
        image.ItemId, image.Number, image.Revision, now);

    /// <summary>Pictures published since then and not answered.</summary>
    internal int CountUnanswered(long since) => (int)db.Number("SELECT COUNT(*) FROM images WHERE state = 0 AND touched_at > $1", since)!.Value;

    internal long CountUnpublished() => db.Number("SELECT COUNT(*) FROM images WHERE state = 0 AND touched_at IS NULL")!.Value;

    /// <summary>Pictures on their way that nothing was heard of since before the given time.</summary>
    internal List<(string ItemId, int Number)> Overdue(long before, int limit) => db.Query(
        """
        SELECT item_id, number FROM images WHERE state = 0 AND touched_at < $1
        UNION ALL SELECT item_id, number FROM images WHERE state = 1 AND touched_at < $1
        LIMIT $2
        """,
        ReadKey, before, limit);

    /// <summary>True once after changes that let pictures be published.</summary>
    internal bool TakeChanged()
    {
        var changed = _changed;
        _changed = false;
        return changed;
    }

    private static (string ItemId, int Number) ReadKey(SqliteDataReader row) => (row.GetString(0), row.GetInt32(1));

    internal static ItemImage Read(SqliteDataReader row) => new(
        row.GetString(0), row.GetInt32(1), row.GetInt64(2), row.GetString(3), row.GetString(4), (ImageState)row.GetInt32(5))
    {
        PerceptualHash = row.NumberOrNull(6) is { } hash ? unchecked((ulong)hash) : null,
        FailureType = row.TextOrNull(7),
        Failure = row.TextOrNull(8),
    };
}
