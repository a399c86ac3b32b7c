using Search.Hosting.Databases;

namespace Search.Indexing.Storage;

/// <summary>How much is known of some bytes.</summary>
internal enum KnownContent
{
    /// <summary>The blob store need not have them.</summary>
    No = 0,

    /// <summary>They lie in the blob store.</summary>
    Stored = 1,

    /// <summary>They lie in the blob store and have been decoded whole before.</summary>
    Decoded = 2,
}

/// <summary>
/// Which content somebody refers to, and which may be loose. Every blob in the store is either referred to by a picture or an upload, or
/// listed as loose: so a crash between a blob and its row leaves nothing behind for ever.
/// </summary>
internal sealed class ContentTable(PreparedConnection db)
{
    private bool _released;

    /// <summary>Content that was found missing or damaged in the store is not known: when it comes again it is stored again.</summary>
    internal KnownContent Know(string hash) => (KnownContent)db.Number(
        """
        SELECT CASE
            WHEN EXISTS (SELECT 1 FROM images WHERE content_hash = $1 AND failure_type IN ('image-missing', 'image-damaged')) THEN 0
            WHEN EXISTS (SELECT 1 FROM images WHERE content_hash = $1 AND state IN (1, 2)) THEN 2
            WHEN EXISTS (SELECT 1 FROM images WHERE content_hash = $1) THEN 1
            ELSE EXISTS (SELECT 1 FROM uploads WHERE content_hash = $1) END
        """,
        hash)!.Value;

    internal bool IsReferenced(string hash) => db.Number(
        "SELECT EXISTS (SELECT 1 FROM images WHERE content_hash = $1) OR EXISTS (SELECT 1 FROM uploads WHERE content_hash = $1)", hash) == 1;

    /// <summary>To be called before the blob is written.</summary>
    internal void ExpectLoose(string hash) => db.Execute("INSERT OR IGNORE INTO loose_content VALUES ($1)", hash);

    /// <summary>A reference to the content is gone, perhaps the last.</summary>
    internal void Release(string hash)
    {
        ExpectLoose(hash);
        _released = true;
    }

    internal void ForgetLoose(string hash) => db.Execute("DELETE FROM loose_content WHERE content_hash = $1", hash);

    internal List<string> Loose(string after, int limit) => db.Query(
        "SELECT content_hash FROM loose_content WHERE content_hash > $1 ORDER BY content_hash LIMIT $2", row => row.GetString(0), after, limit);

    /// <summary>True once after a reference has gone.</summary>
    internal bool TakeReleased()
    {
        var released = _released;
        _released = false;
        return released;
    }
}
