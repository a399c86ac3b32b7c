using Search.Contracts.Messages;
using Search.Contracts.Verdicts;
using Search.Hosting.Messaging;

namespace Search.Ann.Gate;

internal sealed class JudgeModelsHandler(CatalogueGate gate) : IQueryHandler<JudgeModels, ModelVerdict>
{
    public Task<ModelVerdict> HandleAsync(JudgeModels request, CancellationToken cancellation) => gate.JudgeAsync(request.Candidate, request.Production, cancellation);
}
