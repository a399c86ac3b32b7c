using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Search.Ann.Collections;
using Search.Contracts;
using Search.Contracts.Messages;
using Search.Hosting;
using Search.Hosting.Messaging;
using Search.Testing;

namespace Search.Ann.Tests;

/// <summary>The real service over its real bus, with the test in the places of the services around it.</summary>
internal sealed class AnnServiceFixture : IAsyncDisposable
{
    private readonly WebApplication _app;

    private AnnServiceFixture(WebApplication app, IndexedImages indexed)
    {
        _app = app;
        Indexed = indexed;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public IndexedImages Indexed { get; }

    public HttpClient Http { get; }

    public StandInRegistry Registry => Services.GetRequiredService<StandInRegistry>();

    public IServiceProvider Services => _app.Services;

    public static Task<AnnServiceFixture> StartAsync(string dataFolder, params string[] settings) => StartAsync(dataFolder, _ => { }, settings);

    /// <param name="more">Adds what a test needs around the service, or in place of parts of it.</param>
    public static async Task<AnnServiceFixture> StartAsync(string dataFolder, Action<IServiceCollection> more, params string[] settings)
    {
        var builder = ServiceHost.CreateBuilder("ann",
            ["--urls", $"http://127.0.0.1:{FreePort.Next()}", "--Data:Directory", dataFolder, "--Logging:LogLevel:Default", "None", "--Messaging:EventRetries", "1", .. settings]);
        builder.AddAnn();
        var indexed = new IndexedImages();
        builder.Services.AddSingleton(indexed);
        builder.Services.AddEventHandler<ImageIndexed, IndexedImagesHandler>("test.image-indexed");
        StandInRegistry.Register(builder.Services);
        more(builder.Services);
        var app = ServiceHost.Build(builder);
        app.MapAnn();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new AnnServiceFixture(app, indexed);
    }

    public Task<TResponse> AskAsync<TRequest, TResponse>(TRequest request)
        where TRequest : class
        where TResponse : class =>
        Services.GetRequiredService<IQueryBus>().AskAsync<TRequest, TResponse>(request, TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

    public Task PublishAsync<TEvent>(TEvent message)
        where TEvent : class => Services.GetRequiredService<IEventBus>().PublishAsync(message, TestContext.Current.CancellationToken);

    /// <summary>Puts vectors straight into a model's collection, which is made if there is none.</summary>
    public async Task<IVectorCollection> UpsertAsync(EmbeddingModelId model, IReadOnlyList<VectorEntry> entries)
    {
        var collection = await Services.GetRequiredService<CollectionRegistry>().FindOrCreateAsync(model, entries[0].Vector, TestContext.Current.CancellationToken);
        await collection.UpsertAsync(model, entries, TestContext.Current.CancellationToken);
        return collection;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    /// <summary>What the service has said about pictures it indexed.</summary>
    internal sealed class IndexedImages : ConcurrentQueue<ImageIndexed>;

    internal sealed class IndexedImagesHandler(IndexedImages images) : IEventHandler<ImageIndexed>
    {
        public Task HandleAsync(ImageIndexed message, CancellationToken cancellation)
        {
            images.Enqueue(message);
            return Task.CompletedTask;
        }
    }
}
