using Search.Hosting.Databases;
using Search.Indexing.Catalogue;

namespace Search.Indexing.Storage;

/// <summary>Pictures that were sent ahead, to be named by an import within their lifetime.</summary>
internal sealed class UploadTable(PreparedConnection db)
{
    internal void Add(string id, Picture picture, long now) => db.Execute(
        "INSERT INTO uploads (id, content_hash, content_type, created_at) VALUES ($1, $2, $3, $4)", id, picture.ContentHash, picture.ContentType, now);

    internal Picture? Find(string id) => db.First(
        "SELECT content_hash, content_type FROM uploads WHERE id = $1", row => new Picture(row.GetString(0), row.GetString(1)), id);

    internal List<(string Id, string ContentHash)> CreatedBefore(long time, int limit) => db.Query(
        "SELECT id, content_hash FROM uploads WHERE created_at < $1 LIMIT $2", row => (row.GetString(0), row.GetString(1)), time, limit);

    internal void Remove(string id) => db.Execute("DELETE FROM uploads WHERE id = $1", id);
}
