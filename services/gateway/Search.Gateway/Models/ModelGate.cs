using Microsoft.Extensions.Options;
using Search.Contracts;
using Search.Contracts.Messages;
using Search.Contracts.Verdicts;
using Search.Hosting.Messaging;

namespace Search.Gateway.Models;

/// <summary>Has a candidate judged beside the active model, and the verdict recorded. Whether it admits the candidate is for whoever promotes it to look up.</summary>
internal sealed class ModelGate(IQueryBus bus, IOptions<GatewayOptions> options)
{
    /// <summary>Thousands of queries are answered exactly, twice, while the caller waits.</summary>
    private static readonly TimeSpan JudgingDeadline = TimeSpan.FromMinutes(5);

    internal async Task<VerdictAnswer> JudgeAsync(EmbeddingModelId candidate, EmbeddingModelId production, CancellationToken cancellation)
    {
        var verdict = await bus.AskAsync<JudgeModels, ModelVerdict>(new JudgeModels { Candidate = candidate, Production = production }, JudgingDeadline, cancellation);
        await RecordAsync(verdict, cancellation);
        return VerdictAnswer.Of(verdict);
    }

    internal async Task<VerdictsAnswer> RecordAsync(ModelVerdict verdict, CancellationToken cancellation)
    {
        var list = await bus.AskAsync<RecordVerdict, VerdictList>(new RecordVerdict { Verdict = verdict }, options.Value.SearchDeadline, cancellation);
        return new VerdictsAnswer([.. list.Verdicts.Select(VerdictAnswer.Of)]);
    }

    internal async Task<VerdictsAnswer> ListAsync(EmbeddingModelId candidate, CancellationToken cancellation)
    {
        var list = await bus.AskAsync<GetVerdicts, VerdictList>(new GetVerdicts { Candidate = candidate }, options.Value.SearchDeadline, cancellation);
        return new VerdictsAnswer([.. list.Verdicts.Select(VerdictAnswer.Of)]);
    }
}
