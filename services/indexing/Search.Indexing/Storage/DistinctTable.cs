using Search.Contracts.Messages;
using Search.Hosting.Databases;

namespace Search.Indexing.Storage;

/// <summary>Pairs of items that somebody said are not duplicates. They go when either item does.</summary>
internal sealed class DistinctTable(PreparedConnection db)
{
    internal void Put(DistinctPair pair, long now) => db.Execute(
        "INSERT OR IGNORE INTO distinct_items (first, second, decided_at) VALUES ($1, $2, $3)", pair.First, pair.Second, now);

    /// <returns>False when nobody had said so.</returns>
    internal bool Remove(DistinctPair pair) => db.Execute("DELETE FROM distinct_items WHERE first = $1 AND second = $2", pair.First, pair.Second) > 0;

    /// <param name="after">The last pair of the page before; null for the first page.</param>
    internal List<DistinctPair> List(DistinctPair? after, int limit) => db.Query(
        "SELECT first, second FROM distinct_items WHERE (first, second) > ($1, $2) ORDER BY first, second LIMIT $3",
        row => new DistinctPair(row.GetString(0), row.GetString(1)), after?.First ?? "", after?.Second ?? "", limit);

    /// <summary>All that name the item.</summary>
    internal List<DistinctPair> Of(string itemId) => db.Query(
        "SELECT first, second FROM distinct_items WHERE first = $1 UNION ALL SELECT first, second FROM distinct_items WHERE second = $1 ORDER BY first, second",
        row => new DistinctPair(row.GetString(0), row.GetString(1)), itemId);
}
