using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Search.Hosting.Blobs;

public static class BlobServices
{
    /// <summary>Adds the blob store that <see cref="BlobOptions"/> choose; every service that calls it shares the one store.</summary>
    public static IServiceCollection AddBlobStore(this IServiceCollection services)
    {
        services.AddOptions<BlobOptions>().BindConfiguration(BlobOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<BlobOptions>, BlobOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, S3BlobStoreStart>());
        services.TryAddSingleton<IBlobStore>(provider =>
        {
            var (options, time) = (provider.GetRequiredService<IOptions<BlobOptions>>().Value, provider.GetRequiredService<TimeProvider>());
            return options.Store == BlobStoreKind.S3
                ? new S3BlobStore(options.S3, time)
                : new FileBlobStore(Path.Combine(provider.GetRequiredService<DataDirectory>().Path, "blobs"), time);
        });
        return services;
    }
}
