using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Search.Hosting.Blobs;

namespace Search.Registry;

public static class RegistryServices
{
    /// <summary>Adds the model registry in the shared blob store; everything in one process shares the one instance, which lets one change in at a time.</summary>
    public static IServiceCollection AddModelRegistry(this IServiceCollection services)
    {
        services.AddBlobStore();
        services.TryAddSingleton<ModelRegistry>();
        return services;
    }
}
