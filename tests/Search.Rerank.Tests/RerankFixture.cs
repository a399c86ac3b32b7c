using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Search.Contracts.Catalogue;
using Search.Contracts.Messages;
using Search.Hosting;
using Search.Hosting.Messaging;
using Search.Testing;

namespace Search.Rerank.Tests;

/// <summary>The real service with a catalogue that the test writes.</summary>
public sealed class RerankFixture : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly WebApplication _app;

    private RerankFixture(WebApplication app, TestCatalogue catalogue, TemporaryFolder folder)
    {
        _app = app;
        Catalogue = catalogue;
        _folder = folder;
    }

    internal TestCatalogue Catalogue { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<RerankFixture> StartAsync(params string[] settings)
    {
        var folder = new TemporaryFolder();
        var catalogue = new TestCatalogue();
        var builder = ServiceHost.CreateBuilder("rerank",
            ["--urls", $"http://127.0.0.1:{FreePort.Next()}", "--Data:Directory", folder.Path, "--Logging:LogLevel:Default", "None", .. settings]);
        builder.AddRerank();
        builder.Services.AddSingleton<IQueryHandler<ListItemChanges, ItemChanges>>(catalogue);
        var app = ServiceHost.Build(builder);
        app.MapRerank();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RerankFixture(app, catalogue, folder);
    }

    public Task<RerankedResults> AskAsync(RerankCandidates query) => Services.GetRequiredService<IQueryBus>()
        .AskAsync<RerankCandidates, RerankedResults>(query, TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Plays the indexing service: it answers with what the test has put in, in revision order.</summary>
    internal sealed class TestCatalogue : IQueryHandler<ListItemChanges, ItemChanges>
    {
        private readonly Lock _lock = new();
        private readonly SortedDictionary<long, object> _changes = [];
        private long _revision;

        public void Put(params ItemDocument[] items)
        {
            lock (_lock)
            {
                foreach (var item in items)
                    _changes[++_revision] = item with { Revision = _revision };
            }
        }

        public void Remove(string itemId)
        {
            lock (_lock)
                _changes[++_revision] = new ItemRemoved { ItemId = itemId, Revision = _revision };
        }

        public Task<ItemChanges> HandleAsync(ListItemChanges request, CancellationToken cancellation)
        {
            lock (_lock)
            {
                var page = _changes.Where(c => c.Key > request.AfterRevision).Take(2).ToList();
                return Task.FromResult(new ItemChanges
                {
                    Changed = [.. page.Select(c => c.Value).OfType<ItemDocument>()],
                    Removed = [.. page.Select(c => c.Value).OfType<ItemRemoved>()],
                    LastRevision = page.Count > 0 ? page[^1].Key : request.AfterRevision,
                });
            }
        }
    }
}
