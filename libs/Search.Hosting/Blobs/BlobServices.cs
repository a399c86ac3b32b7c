using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Search.Hosting.Blobs;

public static class BlobServices
{
    /// <summary>Adds the blob store below the data directory; every service that calls it shares the one store.</summary>
    public static IServiceCollection AddBlobStore(this IServiceCollection services)
    {
        services.TryAddSingleton<IBlobStore>(provider =>
            new FileBlobStore(Path.Combine(provider.GetRequiredService<DataDirectory>().Path, "blobs"), provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
