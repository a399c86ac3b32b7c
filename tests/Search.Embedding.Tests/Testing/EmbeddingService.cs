using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Search.Contracts;
using Search.Contracts.Messages;
using Search.Hosting;
using Search.Hosting.Blobs;
using Search.Hosting.Messaging;
using Search.Registry;
using Search.Testing;
using Search.Testing.Onnx;

namespace Search.Embedding.Tests;

/// <summary>The whole service as its Program composes it, on the tiny model, in folders of the test's own, listening on loopback.</summary>
internal sealed class EmbeddingService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Outbox _outbox;

    private EmbeddingService(WebApplication app)
    {
        _app = app;
        _outbox = app.Services.GetRequiredService<Outbox>();
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        using (var production = app.Services.GetRequiredService<ServedModels>().UseProduction())
            Model = production.Model;
        // The warm-up went through the model too.
        WarmUps = Model.PicturesEmbedded;
    }

    public HttpClient Http { get; }

    public EmbeddingModel Model { get; }

    /// <summary>Pictures that went through the model since it was ready.</summary>
    public long Inferences => Model.PicturesEmbedded - WarmUps;

    private long WarmUps { get; }

    internal static async Task<EmbeddingService> StartAsync(TemporaryFolder folder, params string[] settings)
    {
        if (!Directory.Exists(folder["models"]))
            TinyModel.Publish(folder["models"]);
        var builder = ServiceHost.CreateBuilder("embedding",
        [
            $"--Embedding:Models={folder["models"]}",
            $"--Embedding:Model={TinyModel.Name}",
            $"--Data:Directory={folder["data"]}",
            "--Logging:LogLevel:Default=Critical",
            "--Messaging:EventRetries=0",
            .. settings,
        ]);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddEmbedding();
        builder.Services.AddSingleton<Outbox>();
        builder.Services.AddEventHandler<ImageEmbedded, Outbox.EmbeddedHandler>("tests.image-embedded");
        builder.Services.AddBroadcastHandler<ServedModelsChanged, Outbox.SwitchedHandler>("tests.served-models-changed");
        builder.Services.AddEventHandler<ImageEmbeddingFailed, Outbox.FailedHandler>("tests.image-embedding-failed");
        var app = ServiceHost.Build(builder);
        app.MapEmbedding();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new EmbeddingService(app);
    }

    /// <summary>Stores the bytes and says that the catalogue accepted them, as the indexing service does.</summary>
    public async Task AcceptAsync(string itemId, byte[] bytes, int number = 0, EmbeddingModelId? only = null)
    {
        var hash = ContentHash.Of(bytes);
        var key = BlobKeys.Image(hash);
        await Get<IBlobStore>().PutAsync(key, bytes, Stop);
        await PublishAsync(new ImageAccepted { ItemId = itemId, ImageNumber = number, Revision = 1, ContentHash = hash, BlobKey = key, OnlyModel = only });
    }

    public Task PublishAsync<TEvent>(TEvent message) where TEvent : class => Get<IEventBus>().PublishAsync(message, Stop);

    public Task<ImageEmbedding> AskAsync(EmbedImage request) => Get<IQueryBus>().AskAsync<EmbedImage, ImageEmbedding>(request, TimeSpan.FromSeconds(30), Stop);

    public Task<ImageEmbedded> NextEmbeddedAsync() => _outbox.Embedded.Reader.ReadAsync(Stop).AsTask();

    public Task<ImageEmbeddingFailed> NextFailedAsync() => _outbox.Failed.Reader.ReadAsync(Stop).AsTask();

    public async Task<EmbeddingModelId> NextSwitchAsync() => (await _outbox.Switched.Reader.ReadAsync(Stop)).Active;

    /// <summary>Another version of the tiny model, whose vectors differ from those of the first, published and not served.</summary>
    public async Task<EmbeddingModelId> PublishSecondAsync(TemporaryFolder folder)
    {
        var card = TinyModel.Publish(folder["second"], card => card with { Version = "2.0.0" }, TinyOnnx.Create(seed: 8));
        return (await Get<ModelRegistry>().PublishAsync(folder[$"second/{card.Name}"], Stop)).Id;
    }

    /// <summary>Lets an alias name a model; the service serves accordingly when this completes.</summary>
    public async Task PointAsync(string alias, EmbeddingModelId model)
    {
        await Get<ModelRegistry>().PointAsync(alias, model, "test", Stop);
        await Get<ServedModels>().RefreshAsync(Stop);
    }

    /// <summary>What the store has about a content under the serving model.</summary>
    public StoredEmbedding? Stored(string contentHash) => Get<EmbeddingStore>().TryGet(contentHash, Model.Id, Model.Card.Dimension);

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        SqliteConnection.ClearAllPools();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>What the service tells the others.</summary>
    private sealed class Outbox
    {
        public Channel<ImageEmbedded> Embedded { get; } = Channel.CreateUnbounded<ImageEmbedded>();

        public Channel<ImageEmbeddingFailed> Failed { get; } = Channel.CreateUnbounded<ImageEmbeddingFailed>();

        public Channel<ServedModelsChanged> Switched { get; } = Channel.CreateUnbounded<ServedModelsChanged>();

        internal sealed class SwitchedHandler(Outbox outbox) : IEventHandler<ServedModelsChanged>
        {
            public Task HandleAsync(ServedModelsChanged message, CancellationToken cancellation) => outbox.Switched.Writer.WriteAsync(message, cancellation).AsTask();
        }

        internal sealed class EmbeddedHandler(Outbox outbox) : IEventHandler<ImageEmbedded>
        {
            public Task HandleAsync(ImageEmbedded message, CancellationToken cancellation) => outbox.Embedded.Writer.WriteAsync(message, cancellation).AsTask();
        }

        internal sealed class FailedHandler(Outbox outbox) : IEventHandler<ImageEmbeddingFailed>
        {
            public Task HandleAsync(ImageEmbeddingFailed message, CancellationToken cancellation) => outbox.Failed.Writer.WriteAsync(message, cancellation).AsTask();
        }
    }
}
