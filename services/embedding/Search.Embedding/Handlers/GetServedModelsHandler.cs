using Search.Contracts.Messages;
using Search.Hosting.Messaging;

namespace Search.Embedding;

/// <summary>Says which models make vectors.</summary>
internal sealed class GetServedModelsHandler(ServedModels models) : IQueryHandler<GetServedModels, ModelsServed>
{
    public Task<ModelsServed> HandleAsync(GetServedModels request, CancellationToken cancellation) => Task.FromResult(models.Ids);
}
