using Search.Contracts.Catalogue;
using Search.Hosting.Databases;
using Search.Indexing.Outbox;
using Search.Indexing.Storage;
using Search.Testing;

namespace Search.Indexing.Tests.Storage;

public sealed class SchemaTests
{
    [Fact]
    public async Task ADatabaseFromBeforeSeveralModels_KeepsWhatItKnew()
    {
        using var folder = new TemporaryFolder();
        using (var old = new SqliteDatabase(folder["catalogue.db"], [.. Schema.Migrations.Take(2)]).OpenPrepared())
        {
            old.Execute("INSERT INTO items VALUES ('ring', 1, 't', 'c', 'C', '{}', NULL, 0, 0, 1, 1)");
            for (var state = 0; state < 4; state++)
            {
                old.Execute(
                    "INSERT INTO images (item_id, number, revision, content_hash, content_type, state, indexed_model, touched_at) VALUES ('ring', $1, 1, 'h', 'image/jpeg', $1, $2, 5)",
                    state, state == 2 ? "m@1+0123456789abcdef" : null);
            }
        }
        await using var catalogue = new CatalogueDatabase(folder["catalogue.db"], TimeProvider.System, new OutboxSignal(), new ReleaseSignal());
        Assert.Equal([ImageState.Accepted, ImageState.Embedded, ImageState.Indexed, ImageState.Failed], catalogue.Read(session => session.Images.Of("ring")).Select(image => image.State));
        Assert.Equal(
            [null, null, ImageState.Indexed, null],
            Enumerable.Range(0, 4).Select(number => catalogue.Read(session => session.ImageModels.Find("ring", number, "m@1+0123456789abcdef"))));
    }
}
