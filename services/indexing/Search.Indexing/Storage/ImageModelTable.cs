using Microsoft.Data.Sqlite;
using Search.Contracts.Catalogue;
using Search.Hosting.Databases;
using Search.Indexing.Catalogue;

namespace Search.Indexing.Storage;

/// <summary>
/// How far each picture is under each model, as far as that was ever heard of: sent there (accepted), indexed or failed. Rows go with their picture, also when another takes its number.
/// </summary>
internal sealed class ImageModelTable(PreparedConnection db)
{
    internal ImageState? Find(string itemId, int number, string model) => (ImageState?)(int?)db.Number(
        "SELECT state FROM image_models WHERE item_id = $1 AND number = $2 AND model = $3", itemId, number, model);

    internal void SetIndexed(ItemImage image, string model, long now) => db.Execute(
        """
        INSERT INTO image_models (item_id, number, model, state, touched_at) VALUES ($1, $2, $3, 2, $4)
        ON CONFLICT DO UPDATE SET state = 2, touched_at = $4 WHERE state <> 2
        """,
        image.ItemId, image.Number, model, now);

    /// <summary>A failure that comes after a success is an old one.</summary>
    internal void SetFailed(ItemImage image, string model, long now) => db.Execute(
        """
        INSERT INTO image_models (item_id, number, model, state, touched_at) VALUES ($1, $2, $3, 3, $4)
        ON CONFLICT DO UPDATE SET state = 3, touched_at = $4 WHERE state = 0
        """,
        image.ItemId, image.Number, model, now);

    /// <summary>The picture was sent to be embedded under this model, if it is still the same picture; what was heard of it since then stays.</summary>
    internal void SetSent(ItemImage image, string model, long now) => db.Execute(
        """
        INSERT INTO image_models (item_id, number, model, state, touched_at)
        SELECT item_id, number, $3, 0, $4 FROM images WHERE item_id = $1 AND number = $2 AND revision = $5
        ON CONFLICT DO UPDATE SET touched_at = $4 WHERE state = 0
        """,
        image.ItemId, image.Number, model, now, image.Revision);

    /// <summary>The picture was sent to every served model; the active one's progress is the picture's own.</summary>
    internal void SetSentToOthers(ItemImage image, long now) => db.Execute(
        """
        INSERT OR IGNORE INTO image_models (item_id, number, model, state, touched_at)
        SELECT images.item_id, images.number, served_models.model, 0, $4 FROM served_models, images
        WHERE served_models.active = 0 AND images.item_id = $1 AND images.number = $2 AND images.revision = $3
        """,
        image.ItemId, image.Number, image.Revision, now);

    /// <summary>Forgets what is known of a picture: its vectors are being taken out of every collection.</summary>
    internal void Forget(ItemImage image) => db.Execute("DELETE FROM image_models WHERE item_id = $1 AND number = $2", image.ItemId, image.Number);

    /// <summary>Forgets what is known under a model whose collection is gone.</summary>
    /// <returns>How many; fewer than <paramref name="limit"/> when there are no more.</returns>
    internal int ForgetModel(string model, int limit) => db.Execute(
        """
        DELETE FROM image_models WHERE model = $1 AND (item_id, number) IN (SELECT item_id, number FROM image_models WHERE model = $1 LIMIT $2)
        """,
        model, limit);

    /// <summary>Whatever was on its way is lost: those pictures are lacking again.</summary>
    internal void ForgetSent() => db.Execute("DELETE FROM image_models WHERE state = 0");

    /// <summary>Found pictures of which nothing was ever sent to this model, or not heard of since before the given time, in the order of their keys.</summary>
    internal List<ItemImage> Lacking(string model, long before, (string ItemId, int Number) after, int limit) => db.Query(
        $"""
        SELECT {ImageTable.Columns} FROM images WHERE state = 2 AND (item_id, number) > ($1, $2) AND NOT EXISTS (
            SELECT 1 FROM image_models WHERE image_models.item_id = images.item_id AND image_models.number = images.number AND model = $3
            AND (image_models.state > 0 OR image_models.touched_at >= $4))
        ORDER BY item_id, number LIMIT $5
        """,
        ImageTable.Read, after.ItemId, after.Number, model, before, limit);

    /// <summary>Found pictures that are not indexed under this model, in the order of their keys.</summary>
    internal List<(string ItemId, int Number)> FoundWithout(string model, (string ItemId, int Number) after, int limit) => db.Query(
        """
        SELECT item_id, number FROM images WHERE state = 2 AND (item_id, number) > ($1, $2) AND NOT EXISTS (
            SELECT 1 FROM image_models WHERE image_models.item_id = images.item_id AND image_models.number = images.number AND model = $3 AND image_models.state = 2)
        ORDER BY item_id, number LIMIT $4
        """,
        ReadKey, after.ItemId, after.Number, model, limit);

    /// <summary>Pictures still on their way under the model that was active, which this one has indexed already.</summary>
    internal List<(string ItemId, int Number)> AheadOfTheirState(string model, int limit) => db.Query(
        """
        SELECT images.item_id, images.number FROM images JOIN image_models USING (item_id, number)
        WHERE images.state = 0 AND model = $1 AND image_models.state = 2
        UNION ALL SELECT images.item_id, images.number FROM images JOIN image_models USING (item_id, number)
        WHERE images.state = 1 AND model = $1 AND image_models.state = 2
        LIMIT $2
        """,
        ReadKey, model, limit);

    internal long Count(string model, ImageState state) => db.Number("SELECT COUNT(*) FROM image_models WHERE model = $1 AND state = $2", model, (int)state)!.Value;

    /// <summary>Found pictures, and those of them that this model's collection lacks: looks at each of them.</summary>
    internal (long Found, long Lacking) CountLacking(string model) => (
        db.Number("SELECT COUNT(*) FROM images WHERE state = 2")!.Value,
        db.Number(
            """
            SELECT COUNT(*) FROM images WHERE state = 2 AND NOT EXISTS (
                SELECT 1 FROM image_models WHERE image_models.item_id = images.item_id AND image_models.number = images.number AND model = $1 AND image_models.state > 0)
            """,
            model)!.Value);

    /// <summary>Pictures sent to this model since then and not answered.</summary>
    internal long CountUnanswered(string model, long since) =>
        db.Number("SELECT COUNT(*) FROM image_models WHERE model = $1 AND state = 0 AND touched_at > $2", model, since)!.Value;

    private static (string ItemId, int Number) ReadKey(SqliteDataReader row) => (row.GetString(0), row.GetInt32(1));
}
