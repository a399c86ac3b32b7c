using Search.Contracts;
using Search.Contracts.Messages;
using Search.Contracts.Verdicts;
using Search.Registry;

namespace Search.Embedding;

/// <summary>What was found out about candidates, as the registry keeps it.</summary>
internal sealed class Verdicts(ModelRegistry registry)
{
    private const int Most = 20;

    /// <exception cref="ServiceProblemException">409: one of the two models is not published.</exception>
    public async Task<VerdictList> RecordAsync(ModelVerdict verdict, CancellationToken cancellation)
    {
        try
        {
            await registry.RecordAsync(verdict, cancellation);
        }
        catch (ModelRegistryException e)
        {
            throw new ServiceProblemException(ServiceProblem.Conflict("Not possible with these models", e.Message));
        }
        return await OfAsync(verdict.Candidate, cancellation);
    }

    public async Task<VerdictList> OfAsync(EmbeddingModelId candidate, CancellationToken cancellation)
    {
        var recorded = (await registry.ReadAsync(cancellation)).Verdicts.Where(verdict => verdict.Candidate == candidate).Reverse().Take(Most);
        var verdicts = new List<ModelVerdict>();
        foreach (var one in recorded)
            verdicts.Add(await registry.ReadVerdictAsync(one, cancellation));
        return new VerdictList { Verdicts = [.. verdicts] };
    }

    /// <summary>Why a candidate is not admitted, with the figures to blame, and what to do.</summary>
    public async Task<ServiceProblem> RefusalAsync(ModelNotAdmittedException refusal, CancellationToken cancellation)
    {
        const string WayOut = "Send force with a reason to switch all the same.";
        var (candidate, production) = (refusal.Candidate, refusal.Production);
        if (refusal.Verdict is not { } recorded)
            return Problem($"{candidate} was not judged beside {production}. Judge it first (POST /v1/models/gate). {WayOut}");
        var why = string.Join(' ', (await registry.ReadVerdictAsync(recorded, cancellation)).Reasons);
        var judged = recorded.Source == VerdictSource.Catalogue ? "on the catalogue" : "on photos";
        return recorded.Outcome == VerdictOutcome.Failed
            ? Problem($"Judged {judged}, {candidate} is not good enough to take the place of {production}. {why} {WayOut}")
            : Problem($"Judged {judged}, nothing can be said of {candidate} beside {production}. {why} Let more items in, record a verdict on photos, or set Gate:WhenUndecided to Allow. {WayOut}");
    }

    private static ServiceProblem Problem(string detail) => new(409, "not-admitted", "Not admitted by the gate", detail);
}
