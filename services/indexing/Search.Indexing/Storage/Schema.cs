namespace Search.Indexing.Storage;

/// <summary>
/// The catalogue's tables. Times are Unix milliseconds, states the numbers of <see cref="Contracts.Catalogue.ImageState"/>, perceptual hashes the
/// 64 bits as a signed number.
/// </summary>
internal static class Schema
{
    internal static readonly IReadOnlyList<string> Migrations = [Initial, DistinctItems, Models];

    private const string Initial =
        """
        -- One row: the catalogue's clock. Taken inside the transaction that it stamps, so commits and revisions have the same order.
        CREATE TABLE revision (value INTEGER NOT NULL);
        INSERT INTO revision VALUES (0);

        CREATE TABLE items (
            id             TEXT PRIMARY KEY,
            revision       INTEGER NOT NULL,
            title          TEXT NOT NULL,
            category       TEXT NOT NULL,
            category_key   TEXT NOT NULL,            -- upper case: categories compare without case
            attributes     TEXT NOT NULL,            -- JSON object, names in ordinal order
            price          REAL,
            visibility     INTEGER NOT NULL,
            state          INTEGER NOT NULL,         -- of the whole item, see ItemTable.Refresh
            indexed_images INTEGER NOT NULL,
            announced      INTEGER NOT NULL          -- 1 once readers were told of the item
        ) WITHOUT ROWID;
        CREATE UNIQUE INDEX items_revision ON items (revision);
        CREATE INDEX items_by_category ON items (visibility, category_key, id);
        CREATE INDEX items_public ON items (visibility, id);
        CREATE INDEX items_categories ON items (visibility, category_key, category) WHERE indexed_images > 0;

        -- Items by state, kept by triggers: the status is polled while millions of rows come in.
        CREATE TABLE item_counts (state INTEGER PRIMARY KEY, items INTEGER NOT NULL);
        INSERT INTO item_counts VALUES (0, 0), (1, 0), (2, 0), (3, 0);
        CREATE TRIGGER items_added AFTER INSERT ON items BEGIN
            UPDATE item_counts SET items = items + 1 WHERE state = NEW.state;
        END;
        CREATE TRIGGER items_deleted AFTER DELETE ON items BEGIN
            UPDATE item_counts SET items = items - 1 WHERE state = OLD.state;
        END;
        CREATE TRIGGER items_moved AFTER UPDATE OF state ON items WHEN OLD.state <> NEW.state BEGIN
            UPDATE item_counts SET items = items - 1 WHERE state = OLD.state;
            UPDATE item_counts SET items = items + 1 WHERE state = NEW.state;
        END;

        -- A picture that is accepted and untouched (touched_at NULL) is itself the outbox row of its ImageAccepted event.
        CREATE TABLE images (
            item_id         TEXT NOT NULL REFERENCES items (id) ON DELETE CASCADE,
            number          INTEGER NOT NULL,
            revision        INTEGER NOT NULL,
            content_hash    TEXT NOT NULL,
            content_type    TEXT NOT NULL,
            state           INTEGER NOT NULL,
            perceptual_hash INTEGER,
            failure_type    TEXT,
            failure         TEXT,
            indexed_model   TEXT,
            touched_at      INTEGER,
            trace_parent    TEXT,
            PRIMARY KEY (item_id, number)
        ) WITHOUT ROWID;
        CREATE INDEX images_content ON images (content_hash, state);
        CREATE INDEX images_lost ON images (content_hash) WHERE failure_type IN ('image-missing', 'image-damaged');
        CREATE INDEX images_waiting ON images (touched_at, revision, number) WHERE state = 0;
        CREATE INDEX images_embedded ON images (touched_at) WHERE state = 1;
        CREATE INDEX images_indexed ON images (indexed_model) WHERE state = 2;

        CREATE TABLE removals (item_id TEXT PRIMARY KEY, revision INTEGER NOT NULL) WITHOUT ROWID;
        CREATE UNIQUE INDEX removals_revision ON removals (revision);

        -- Facts still to be published. ItemChanged has no body: the document is composed when it leaves, so changes in quick succession
        -- become one event.
        CREATE TABLE outbox (
            seq          INTEGER PRIMARY KEY AUTOINCREMENT,
            kind         TEXT NOT NULL,
            item_id      TEXT,
            revision     INTEGER NOT NULL,
            body         TEXT,
            due_at       INTEGER NOT NULL,
            trace_parent TEXT,
            published_at INTEGER
        );
        CREATE UNIQUE INDEX outbox_item_changed ON outbox (item_id) WHERE kind = 'ItemChanged';
        CREATE INDEX outbox_waiting ON outbox (seq) WHERE published_at IS NULL;
        CREATE INDEX outbox_due ON outbox (due_at) WHERE published_at IS NULL;
        CREATE INDEX outbox_published ON outbox (published_at) WHERE published_at IS NOT NULL;

        CREATE TABLE uploads (
            id           TEXT PRIMARY KEY,
            content_hash TEXT NOT NULL,
            content_type TEXT NOT NULL,
            created_at   INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX uploads_content ON uploads (content_hash);
        CREATE INDEX uploads_created ON uploads (created_at);

        -- Content whose blob may lie in the store without anybody referring to it: written ahead of the blob and on every release.
        CREATE TABLE loose_content (content_hash TEXT PRIMARY KEY) WITHOUT ROWID;
        """;

    private const string DistinctItems =
        """
        -- Two items that somebody said are not duplicates: once, the id that is first in ordinal order first.
        CREATE TABLE distinct_items (
            first      TEXT NOT NULL REFERENCES items (id) ON DELETE CASCADE,
            second     TEXT NOT NULL REFERENCES items (id) ON DELETE CASCADE,
            decided_at INTEGER NOT NULL,
            PRIMARY KEY (first, second)
        ) WITHOUT ROWID;
        CREATE INDEX distinct_items_second ON distinct_items (second);
        """;

    /// <summary>Several models beside each other: a row for each picture and model instead of the one model that a picture is indexed under.</summary>
    private const string Models =
        """
        -- State as in images: 0 sent to be embedded, 2 in the model's collection, 3 failed. A picture that another replaces loses its rows by the foreign key, too.
        CREATE TABLE image_models (
            item_id    TEXT NOT NULL,
            number     INTEGER NOT NULL,
            model      TEXT NOT NULL,
            state      INTEGER NOT NULL,
            touched_at INTEGER NOT NULL,
            PRIMARY KEY (item_id, number, model),
            FOREIGN KEY (item_id, number) REFERENCES images (item_id, number) ON DELETE CASCADE
        ) WITHOUT ROWID;
        INSERT INTO image_models SELECT item_id, number, indexed_model, 2, COALESCE(touched_at, 0) FROM images WHERE state = 2 AND indexed_model IS NOT NULL;
        CREATE INDEX image_models_by_state ON image_models (model, state, touched_at);

        DROP INDEX images_indexed;
        ALTER TABLE images DROP COLUMN indexed_model;
        CREATE INDEX images_found ON images (item_id, number) WHERE state = 2;

        -- What the embedding service said last. Settled: every picture's state is what it is under the active model.
        CREATE TABLE served_models (model TEXT PRIMARY KEY, active INTEGER NOT NULL, settled INTEGER NOT NULL) WITHOUT ROWID;
        CREATE UNIQUE INDEX served_models_active ON served_models (active) WHERE active = 1;
        """;
}
