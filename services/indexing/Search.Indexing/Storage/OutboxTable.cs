using System.Text.Json;
using Search.Contracts.Messages;
using Search.Hosting.Databases;

namespace Search.Indexing.Storage;

/// <summary>An event on its way out. <see cref="Revision"/> tells whether the row has changed since it was read.</summary>
internal sealed record OutboxRow(long Seq, string Kind, string? ItemId, long Revision, string? Body, string? TraceParent);

internal sealed class OutboxTable(PreparedConnection db)
{
    private bool _changed;

    /// <summary>Keeps an event as it is.</summary>
    internal void Add<TEvent>(TEvent message, long now, string? traceParent) where TEvent : class
    {
        db.Execute(
            "INSERT INTO outbox (kind, revision, body, due_at, trace_parent) VALUES ($1, 0, $2, $3, $4)",
            typeof(TEvent).Name, JsonSerializer.Serialize(message), now, traceParent);
        _changed = true;
    }

    /// <summary>
    /// Says that readers need the item's document, at the latest at <paramref name="dueAt"/>. A row that still waits is used again;
    /// its new revision keeps it from being deleted by a dispatcher that has read the older one.
    /// </summary>
    internal void AddItemChanged(string itemId, long revision, long dueAt, string? traceParent)
    {
        db.Execute(
            """
            INSERT INTO outbox (kind, item_id, revision, due_at, trace_parent) VALUES ('ItemChanged', $1, $2, $3, $4)
            ON CONFLICT (item_id) WHERE kind = 'ItemChanged' DO UPDATE SET revision = excluded.revision, due_at = MIN(due_at, excluded.due_at)
            """,
            itemId, revision, dueAt, traceParent);
        _changed = true;
    }

    /// <summary>The item is gone: its document can't be composed any more.</summary>
    internal void ForgetItemChanged(string itemId) => db.Execute($"DELETE FROM outbox WHERE kind = '{nameof(ItemChanged)}' AND item_id = $1", itemId);

    /// <summary>Due events in the order of their making; the plus keeps the database from sorting by way of the index on due_at.</summary>
    internal List<OutboxRow> Due(long now, int limit) => db.Query(
        """
        SELECT seq, kind, item_id, revision, body, trace_parent FROM outbox
        WHERE published_at IS NULL AND +due_at <= $1 ORDER BY seq LIMIT $2
        """,
        row => new OutboxRow(row.GetInt64(0), row.GetString(1), row.TextOrNull(2), row.GetInt64(3), row.TextOrNull(4), row.TextOrNull(5)),
        now, limit);

    /// <summary>
    /// The broker has taken it. A document is forgotten, since its readers catch up by asking; any other fact is kept for a while, because an in-memory
    /// bus loses what it holds when the process dies.
    /// </summary>
    internal void MarkPublished(OutboxRow row, long now)
    {
        if (row.Body is null)
            db.Execute("DELETE FROM outbox WHERE seq = $1 AND revision = $2", row.Seq, row.Revision);
        else
            db.Execute("UPDATE outbox SET published_at = $2 WHERE seq = $1", row.Seq, now);
    }

    /// <summary>Publishes again whatever is still kept of the time before.</summary>
    internal void Republish(long before) => _changed |= db.Execute("UPDATE outbox SET published_at = NULL WHERE published_at < $1", before) > 0;

    internal void ForgetPublished(long before) => db.Execute("DELETE FROM outbox WHERE published_at < $1", before);

    /// <summary>When the next event is due; null when there is none.</summary>
    internal long? NextDue() => db.Number("SELECT MIN(due_at) FROM outbox WHERE published_at IS NULL");

    internal long CountWaiting() => db.Number("SELECT COUNT(*) FROM outbox WHERE published_at IS NULL")!.Value;

    /// <summary>True once after something was added.</summary>
    internal bool TakeChanged()
    {
        var changed = _changed;
        _changed = false;
        return changed;
    }
}
