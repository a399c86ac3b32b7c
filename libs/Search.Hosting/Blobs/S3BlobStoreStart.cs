using Microsoft.Extensions.Hosting;

namespace Search.Hosting.Blobs;

/// <summary>Stops a service that can't reach its bucket before it takes any work; a folder shows what is wrong with it when it is opened.</summary>
internal sealed class S3BlobStoreStart(IBlobStore blobs) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => blobs is S3BlobStore bucket ? bucket.OpenAsync(cancellationToken) : Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
