using Search.Contracts.Messages;
using Search.Hosting.Messaging;

namespace Search.Embedding;

/// <summary>Says which model serves.</summary>
internal sealed class GetActiveModelHandler(EmbeddingModel model) : IQueryHandler<GetActiveModel, ActiveModel>
{
    public Task<ActiveModel> HandleAsync(GetActiveModel request, CancellationToken cancellation) => Task.FromResult(new ActiveModel
    {
        Model = model.Id,
        Dimension = model.Card.Dimension,
        Preprocessing = model.PreprocessingFingerprint,
        ExecutionProvider = model.Provider.Name,
    });
}
