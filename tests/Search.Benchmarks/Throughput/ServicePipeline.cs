using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Search.Contracts;
using Search.Contracts.Messages;
using Search.Embedding;
using Search.Hosting;
using Search.Hosting.Blobs;
using Search.Hosting.Messaging;

namespace Search.Benchmarks.Throughput;

/// <summary>
/// The embedding service as its Program composes it, on an empty store: events in over the bus, pictures from the blob store, vectors into the
/// database, events out over the bus.
/// </summary>
internal sealed class ServicePipeline : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo _data;

    private ServicePipeline(WebApplication app, DirectoryInfo data)
    {
        _app = app;
        _data = data;
    }

    internal static async Task<ServicePipeline> StartAsync(string modelFolder)
    {
        var data = Directory.CreateTempSubdirectory("search-benchmark-");
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(modelFolder));
        var builder = ServiceHost.CreateBuilder("benchmark",
        [
            $"--Embedding:Models={Path.GetDirectoryName(folder)}",
            $"--Embedding:Model={Path.GetFileName(folder)}",
            $"--Data:Directory={data.FullName}",
            "--Logging:LogLevel:Default=Warning",
        ]);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddEmbedding();
        builder.Services.AddSingleton<Arrivals>();
        builder.Services.AddEventHandler<ImageEmbedded, ArrivalHandler>("benchmark.image-embedded");
        var app = ServiceHost.Build(builder);
        await app.StartAsync();
        return new ServicePipeline(app, data);
    }

    internal async Task StoreAsync(IEnumerable<byte[]> photos)
    {
        var blobs = _app.Services.GetRequiredService<IBlobStore>();
        foreach (var photo in photos)
            await blobs.PutAsync(BlobKeys.Image(ContentHash.Of(photo)), photo, CancellationToken.None);
    }

    /// <summary>From the first event to the last answer.</summary>
    internal async Task RunAsync(IReadOnlyList<string> contentHashes)
    {
        var events = _app.Services.GetRequiredService<IEventBus>();
        var arrivals = _app.Services.GetRequiredService<Arrivals>();
        var all = arrivals.Expect(contentHashes.Count);
        for (var i = 0; i < contentHashes.Count; i++)
        {
            await events.PublishAsync(
                new ImageAccepted { ItemId = $"item-{i}", ImageNumber = 0, Revision = i + 1, ContentHash = contentHashes[i], BlobKey = BlobKeys.Image(contentHashes[i]) },
                CancellationToken.None);
        }
        await all;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _data.Delete(recursive: true);
    }

    private sealed class Arrivals
    {
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _missing;

        public Task Expect(int count)
        {
            _missing = count;
            return _all.Task;
        }

        public void Count()
        {
            if (Interlocked.Decrement(ref _missing) == 0)
                _all.SetResult();
        }
    }

    private sealed class ArrivalHandler(Arrivals arrivals) : IEventHandler<ImageEmbedded>
    {
        public Task HandleAsync(ImageEmbedded message, CancellationToken cancellation)
        {
            arrivals.Count();
            return Task.CompletedTask;
        }
    }
}
