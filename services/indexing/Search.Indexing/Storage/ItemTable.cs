using Microsoft.Data.Sqlite;
using Search.Contracts.Catalogue;
using Search.Hosting.Databases;
using Search.Indexing.Catalogue;

namespace Search.Indexing.Storage;

internal sealed class ItemTable(PreparedConnection db)
{
    private const string Columns = "id, revision, title, category, attributes, price, visibility, state, indexed_images, announced";

    internal Item? Find(string id) => db.First($"SELECT {Columns} FROM items WHERE id = $1", Read, id);

    /// <summary>A page of public items in order of their ids.</summary>
    /// <param name="after">The last id of the page before; empty for the first page.</param>
    internal List<Item> ListPublic(string? category, string after, int limit) => category is null
        ? db.Query($"SELECT {Columns} FROM items WHERE visibility = 0 AND id > $1 ORDER BY id LIMIT $2", Read, after, limit)
        : db.Query(
            $"SELECT {Columns} FROM items WHERE visibility = 0 AND category_key = $3 AND id > $1 ORDER BY id LIMIT $2", Read, after, limit, CategoryKey(category));

    internal List<Item> ChangedAfter(long revision, int limit) =>
        db.Query($"SELECT {Columns} FROM items WHERE revision > $1 ORDER BY revision LIMIT $2", Read, revision, limit);

    /// <summary>Categories with public items that searches can find, in order of their names.</summary>
    internal List<(string Name, long Count)> PublicCategories() => db.Query(
        """
        SELECT MIN(category), COUNT(*) FROM items WHERE visibility = 0 AND indexed_images > 0
        GROUP BY category_key ORDER BY category_key
        """,
        row => (row.GetString(0), row.GetInt64(1)));

    internal long LastRevision() => db.Number("SELECT MAX(revision) FROM items") ?? 0;

    /// <summary>The item that changed first at or after a revision.</summary>
    internal string? FirstFrom(long revision) => db.First("SELECT id FROM items WHERE revision >= $1 ORDER BY revision LIMIT 1", row => row.GetString(0), revision);

    internal Dictionary<ImageState, int> CountByState() => db.Query("SELECT state, items FROM item_counts", row => ((ImageState)row.GetInt32(0), row.GetInt32(1)))
        .ToDictionary(row => row.Item1, row => row.Item2);

    internal void Insert(string id, long revision, ItemMetadata metadata) => db.Execute(
        """
        INSERT INTO items (id, revision, title, category, category_key, attributes, price, visibility, state, indexed_images, announced)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, 0)
        """,
        id, revision, metadata.Title, metadata.Category, CategoryKey(metadata.Category), metadata.Attributes, metadata.Price, (int)metadata.Visibility);

    internal void UpdateMetadata(string id, ItemMetadata metadata) => db.Execute(
        "UPDATE items SET title = $2, category = $3, category_key = $4, attributes = $5, price = $6, visibility = $7 WHERE id = $1",
        id, metadata.Title, metadata.Category, CategoryKey(metadata.Category), metadata.Attributes, metadata.Price, (int)metadata.Visibility);

    /// <summary>The document has changed: readers that compare revisions see it anew.</summary>
    internal void Touch(string id, long revision) => db.Execute("UPDATE items SET revision = $2 WHERE id = $1", id, revision);

    /// <summary>As <see cref="Touch"/>, and from now on readers hear of every change.</summary>
    internal void TouchAnnounced(string id, long revision) => db.Execute("UPDATE items SET revision = $2, announced = 1 WHERE id = $1", id, revision);

    /// <summary>Brings the item's own state in line with its pictures: failed (3) if any failed, else the least advanced.</summary>
    /// <returns>Whether readers need the item: they know it, or searches can find a picture of it.</returns>
    internal bool Refresh(string id) => db.Number(
        """
        UPDATE items SET (state, indexed_images) = (
            SELECT CASE WHEN MAX(state) = 3 THEN 3 ELSE MIN(state) END, SUM(state = 2) FROM images WHERE item_id = $1)
        WHERE id = $1 RETURNING announced OR indexed_images > 0
        """,
        id) == 1;

    /// <summary>The item and, by the foreign key, its pictures.</summary>
    internal void Delete(string id) => db.Execute("DELETE FROM items WHERE id = $1", id);

    private static string CategoryKey(string category) => category.ToUpperInvariant();

    private static Item Read(SqliteDataReader row) => new(
        row.GetString(0),
        row.GetInt64(1),
        new ItemMetadata
        {
            Title = row.GetString(2),
            Category = row.GetString(3),
            Attributes = row.GetString(4),
            Price = row.RealOrNull(5),
            Visibility = (ItemVisibility)row.GetInt32(6),
        },
        (ImageState)row.GetInt32(7),
        row.GetInt32(8),
        row.GetBoolean(9));
}
