using Search.Contracts.Messages;
using Search.Hosting.Messaging;

namespace Search.Embedding;

/// <summary>Says which model serves.</summary>
internal sealed class GetActiveModelHandler(ServedModels models) : IQueryHandler<GetActiveModel, ActiveModel>
{
    public Task<ActiveModel> HandleAsync(GetActiveModel request, CancellationToken cancellation)
    {
        using var production = models.UseProduction();
        var model = production.Model;
        return Task.FromResult(new ActiveModel
        {
            Model = model.Id,
            Dimension = model.Card.Dimension,
            Preprocessing = model.PreprocessingFingerprint,
            ExecutionProvider = model.Provider.Name,
        });
    }
}
