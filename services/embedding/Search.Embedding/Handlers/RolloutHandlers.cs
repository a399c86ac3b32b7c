using Search.Contracts.Messages;
using Search.Hosting.Messaging;

namespace Search.Embedding;

internal sealed class GetModelsHandler(Rollout rollout) : IQueryHandler<GetModels, ModelList>
{
    public Task<ModelList> HandleAsync(GetModels request, CancellationToken cancellation) => rollout.ListAsync(cancellation);
}

internal sealed class NameCandidateHandler(Rollout rollout) : IQueryHandler<NameCandidate, ModelList>
{
    public Task<ModelList> HandleAsync(NameCandidate request, CancellationToken cancellation) => rollout.NameCandidateAsync(request.Model, request.Reason, cancellation);
}

internal sealed class PromoteModelHandler(Rollout rollout) : IQueryHandler<PromoteModel, ModelList>
{
    public Task<ModelList> HandleAsync(PromoteModel request, CancellationToken cancellation) => rollout.PromoteAsync(request.Model, request.Reason, request.Force, cancellation);
}

internal sealed class RollBackModelHandler(Rollout rollout) : IQueryHandler<RollBackModel, ModelList>
{
    public Task<ModelList> HandleAsync(RollBackModel request, CancellationToken cancellation) => rollout.RollBackAsync(request.Reason, cancellation);
}

internal sealed class ReleaseModelHandler(Rollout rollout) : IQueryHandler<ReleaseModel, ModelList>
{
    public Task<ModelList> HandleAsync(ReleaseModel request, CancellationToken cancellation) => rollout.ReleaseAsync(request.Model, request.Reason, cancellation);
}

internal sealed class RecordVerdictHandler(Verdicts verdicts) : IQueryHandler<RecordVerdict, VerdictList>
{
    public Task<VerdictList> HandleAsync(RecordVerdict request, CancellationToken cancellation) => verdicts.RecordAsync(request.Verdict, cancellation);
}

internal sealed class GetVerdictsHandler(Verdicts verdicts) : IQueryHandler<GetVerdicts, VerdictList>
{
    public Task<VerdictList> HandleAsync(GetVerdicts request, CancellationToken cancellation) => verdicts.OfAsync(request.Candidate, cancellation);
}
