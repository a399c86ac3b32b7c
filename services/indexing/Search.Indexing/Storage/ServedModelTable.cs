using Search.Hosting.Databases;

namespace Search.Indexing.Storage;

/// <summary>Which models the embedding service serves, as last heard: what a picture's state means hangs on it.</summary>
internal sealed class ServedModelTable(PreparedConnection db)
{
    /// <summary>Whether this model makes a picture findable. Before any was heard of, the one that reports is taken for it.</summary>
    internal bool IsActive(string model) => db.Number("SELECT NOT EXISTS (SELECT 1 FROM served_models WHERE active = 1 AND model <> $1)", model) == 1;

    /// <summary>Whether this model is served, as far as was heard; before anything was heard, any may be.</summary>
    internal bool MayBeServed(string model) =>
        db.Number("SELECT EXISTS (SELECT 1 FROM served_models WHERE model = $1) OR NOT EXISTS (SELECT 1 FROM served_models WHERE active = 1)", model) == 1;

    internal string? Active() => db.First("SELECT model FROM served_models WHERE active = 1", row => row.GetString(0));

    internal List<string> Others() => db.Query("SELECT model FROM served_models WHERE active = 0 ORDER BY model", row => row.GetString(0));

    /// <returns>True when the pictures' states have still to be brought in line with the active model.</returns>
    internal bool Set(string active, IEnumerable<string> others)
    {
        if (Active() != active)
        {
            db.Execute("DELETE FROM served_models WHERE active = 1 OR model = $1", active);
            db.Execute("INSERT INTO served_models (model, active, settled) VALUES ($1, 1, 0)", active);
        }
        db.Execute("DELETE FROM served_models WHERE active = 0");
        foreach (var other in others)
            db.Execute("INSERT OR IGNORE INTO served_models (model, active, settled) VALUES ($1, 0, 1)", other);
        return !IsSettled();
    }

    /// <summary>Whether every picture's state is that under the active model.</summary>
    internal bool IsSettled() => db.Number("SELECT settled FROM served_models WHERE active = 1") == 1;

    internal void MarkSettled(string active) => db.Execute("UPDATE served_models SET settled = 1 WHERE active = 1 AND model = $1", active);
}
