using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Search.Contracts;
using Search.Contracts.Messages;
using Search.Hosting;
using Search.Hosting.Messaging;
using Search.Indexing.Outbox;
using Search.Indexing.Storage;
using Search.Testing;

namespace Search.Indexing.Tests.Playing;

/// <summary>
/// The real service on a free loopback port over a temporary folder and the in-memory bus. <see cref="Neighbours"/> plays the services around it.
/// </summary>
internal sealed class IndexingHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TemporaryFolder? _ownFolder;

    private IndexingHost(WebApplication app, Neighbours neighbours, string folder, TemporaryFolder? ownFolder)
    {
        _app = app;
        _ownFolder = ownFolder;
        Neighbours = neighbours;
        BlobFolder = Path.Combine(folder, "blobs");
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    internal HttpClient Http { get; }

    internal Neighbours Neighbours { get; }

    internal string BlobFolder { get; }

    internal CatalogueDatabase Catalogue => Get<CatalogueDatabase>();

    internal T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    /// <param name="folder">The data directory; the same one again shows what a restart does. Default one of its own.</param>
    /// <param name="bus">Between the outbox and the bus, to break it.</param>
    internal static async Task<IndexingHost> StartAsync(
        TemporaryFolder? folder = null, Neighbours? neighbours = null, Func<IEventBus, IEventBus>? bus = null, params (string Key, string Value)[] settings)
    {
        var ownFolder = folder is null ? new TemporaryFolder() : null;
        var path = (folder ?? ownFolder!).Path;
        neighbours ??= new Neighbours();
        var builder = ServiceHost.CreateBuilder("indexing", []);
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value));
        builder.Configuration["Data:Directory"] = path;
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddIndexing();
        neighbours.Register(builder.Services);
        if (bus is not null)
        {
            builder.Services.AddSingleton(provider =>
                new OutboxPublisher(bus(provider.GetRequiredService<IEventBus>())));
        }
        var app = ServiceHost.Build(builder);
        try
        {
            app.MapIndexing();
            neighbours.Bus = app.Services.GetRequiredService<IEventBus>();
            await app.StartAsync();
            return new IndexingHost(app, neighbours, path, ownFolder);
        }
        catch
        {
            await app.DisposeAsync();
            ownFolder?.Dispose();
            throw;
        }
    }

    internal async Task<JsonElement> GetJsonAsync(string path) =>
        await Http.GetFromJsonAsync<JsonElement>(path, TestContext.Current.CancellationToken);

    internal Task<CatalogueStatus> StatusAsync() => AskAsync<GetCatalogueStatus, CatalogueStatus>(new GetCatalogueStatus());

    internal Task<TResponse> AskAsync<TRequest, TResponse>(TRequest request) where TRequest : class where TResponse : class =>
        Get<IQueryBus>().AskAsync<TRequest, TResponse>(request, TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

    /// <summary>Whole blobs; a process that was killed may leave half a one under a temporary name.</summary>
    internal int BlobCount() => Directory.Exists(BlobFolder)
        ? Directory.GetFiles(BlobFolder, "*", SearchOption.AllDirectories).Count(path => ContentHash.IsValid(Path.GetFileName(path)))
        : 0;

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _ownFolder?.Dispose();
    }
}
