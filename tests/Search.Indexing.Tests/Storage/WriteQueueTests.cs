using Search.Indexing.Catalogue;
using Search.Indexing.Outbox;
using Search.Indexing.Storage;
using Search.Testing;

namespace Search.Indexing.Tests.Storage;

public sealed class WriteQueueTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CatalogueDatabase _catalogue;

    public WriteQueueTests() => _catalogue = new CatalogueDatabase(_folder["catalogue.db"], TimeProvider.System, new OutboxSignal(), new ReleaseSignal());

    public async ValueTask DisposeAsync()
    {
        await _catalogue.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Write_ThatFailsHalfway_IsUndoneAloneAndItsGroupKept()
    {
        var token = TestContext.Current.CancellationToken;
        using var gathered = new ManualResetEventSlim();
        // While this one runs, the others become one group.
        var first = _catalogue.WriteAsync(session => { gathered.Wait(token); Add(session, "first"); }, token);
        var before = _catalogue.WriteAsync(session => Add(session, "before"), token);
        var failing = _catalogue.WriteAsync(
            session =>
            {
                Add(session, "failing");
                throw new InvalidOperationException("halfway");
            },
            token);
        var after = _catalogue.WriteAsync(session => Add(session, "after"), token);
        gathered.Set();

        await Task.WhenAll(first, before, after);
        Assert.Equal("halfway", (await Assert.ThrowsAsync<InvalidOperationException>(() => failing)).Message);
        Assert.True(Has("first") && Has("before") && Has("after"));
        Assert.False(Has("failing"));
    }

    [Fact]
    public async Task Write_CancelledWhileItWaits_IsNotDoneAndItsGroupIs()
    {
        var token = TestContext.Current.CancellationToken;
        using var gathered = new ManualResetEventSlim();
        using var impatient = new CancellationTokenSource();
        var first = _catalogue.WriteAsync(session => { gathered.Wait(token); Add(session, "first"); }, token);
        var cancelled = _catalogue.WriteAsync(session => Add(session, "cancelled"), impatient.Token);
        var after = _catalogue.WriteAsync(session => Add(session, "after"), token);
        await impatient.CancelAsync();
        gathered.Set();

        await Task.WhenAll(first, after);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.True(Has("first") && Has("after"));
        Assert.False(Has("cancelled"));
    }

    private static void Add(CatalogueSession session, string id) => session.Uploads.Add(id, new Picture(id, "image/jpeg"), session.Now);

    private bool Has(string id) => _catalogue.Read(session => session.Uploads.Find(id)) is not null;
}
