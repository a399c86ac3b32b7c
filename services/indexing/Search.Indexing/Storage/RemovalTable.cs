using Search.Contracts.Messages;
using Search.Hosting.Databases;

namespace Search.Indexing.Storage;

/// <summary>Items that are gone, for readers that were away meanwhile.</summary>
internal sealed class RemovalTable(PreparedConnection db)
{
    internal void Put(string itemId, long revision) => db.Execute("INSERT OR REPLACE INTO removals (item_id, revision) VALUES ($1, $2)", itemId, revision);

    /// <summary>The item is back: its new document tells readers enough.</summary>
    internal void Forget(string itemId) => db.Execute("DELETE FROM removals WHERE item_id = $1", itemId);

    internal List<ItemRemoved> After(long revision, int limit) => db.Query(
        "SELECT item_id, revision FROM removals WHERE revision > $1 ORDER BY revision LIMIT $2",
        row => new ItemRemoved { ItemId = row.GetString(0), Revision = row.GetInt64(1) },
        revision, limit);
}
