using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Search.Contracts;
using Search.Contracts.Messages;
using Search.Hosting.Messaging;

namespace Search.Ann.Tests;

/// <summary>The embedding service as far as it tells of published models, and the catalogue as far as it hears of dropped collections.</summary>
internal sealed class StandInRegistry
{
    /// <summary>Whether each published model is released.</summary>
    public ConcurrentDictionary<EmbeddingModelId, bool> Models { get; } = new();

    /// <summary>What the service said of collections.</summary>
    public ConcurrentQueue<EmbeddingModelId> Dropped { get; } = new();

    public static void Register(IServiceCollection services)
    {
        services.TryAddSingleton<StandInRegistry>();
        services.AddQueryHandler<GetModels, ModelList, Handler>("test.get-models");
        services.AddEventHandler<CollectionDropped, Handler>("test.collection-dropped");
    }

    private sealed class Handler(StandInRegistry registry) : IQueryHandler<GetModels, ModelList>, IEventHandler<CollectionDropped>
    {
        public Task<ModelList> HandleAsync(GetModels request, CancellationToken cancellation) => Task.FromResult(new ModelList
        {
            Models =
            [
                .. registry.Models.Select(model => new PublishedModelState
                {
                    Model = model.Key, PublishedAt = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero), Aliases = [], Served = false, Active = false, Released = model.Value,
                }),
            ],
        });

        public Task HandleAsync(CollectionDropped message, CancellationToken cancellation)
        {
            registry.Dropped.Enqueue(message.Model);
            return Task.CompletedTask;
        }
    }
}
