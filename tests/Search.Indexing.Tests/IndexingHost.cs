using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Search.Contracts.Messages;
using Search.Hosting;
using Search.Hosting.Messaging;
using Search.Indexing.Storage;

namespace Search.Indexing.Tests;

/// <summary>
/// The real service on a free loopback port over a temporary folder and the in-memory bus. <see cref="Neighbours"/> plays the services around it.
/// </summary>
internal sealed class IndexingHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private IndexingHost(WebApplication app, Neighbours neighbours, string folder)
    {
        _app = app;
        Neighbours = neighbours;
        Folder = folder;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    internal HttpClient Http { get; }

    internal Neighbours Neighbours { get; }

    /// <summary>The data directory; start another host on it to see what a restart does.</summary>
    internal string Folder { get; }

    internal CatalogueDatabase Catalogue => Get<CatalogueDatabase>();

    internal string BlobFolder => Path.Combine(Folder, "blobs");

    internal T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    internal static async Task<IndexingHost> StartAsync(string? folder = null, Neighbours? neighbours = null, params (string Key, string Value)[] settings)
    {
        folder ??= TemporaryFolder.Create();
        neighbours ??= new Neighbours();
        var builder = ServiceHost.CreateBuilder("indexing", []);
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value));
        builder.Configuration["Data:Directory"] = folder;
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddIndexing();
        neighbours.Register(builder.Services);
        var app = ServiceHost.Build(builder);
        app.MapIndexing();
        await app.StartAsync();
        neighbours.Bus = app.Services.GetRequiredService<IEventBus>();
        return new IndexingHost(app, neighbours, folder);
    }

    internal async Task<JsonElement> GetJsonAsync(string path) =>
        await Http.GetFromJsonAsync<JsonElement>(path, TestContext.Current.CancellationToken);

    internal async Task<CatalogueStatus> StatusAsync() => await Get<IQueryBus>().AskAsync<GetCatalogueStatus, CatalogueStatus>(
        new GetCatalogueStatus(), TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
