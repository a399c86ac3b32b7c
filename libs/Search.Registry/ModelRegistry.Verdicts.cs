using System.Text.Json;
using Search.Contracts;
using Search.Contracts.Verdicts;

namespace Search.Registry;

/// <summary>Verdicts lie under their hash like a version's files, so none changes after it was given.</summary>
public sealed partial class ModelRegistry
{
    /// <summary>Keeps a verdict beside its two models. The same once more changes nothing.</summary>
    /// <exception cref="ModelRegistryException">One of the models is not published.</exception>
    public Task<RecordedVerdict> RecordAsync(ModelVerdict verdict, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        return ChangeAsync(async index =>
        {
            foreach (var model in new[] { verdict.Candidate, verdict.Production })
            {
                if (index.Find(model) is null)
                    throw new ModelRegistryException($"No model {model} is published. {Offer(index)}");
            }
            var bytes = JsonSerializer.SerializeToUtf8Bytes(verdict, ContractJson.Options);
            var hash = ContentHash.Of(bytes);
            if (index.Verdicts.FirstOrDefault(known => known.Sha256 == hash) is { } recorded)
                return (index, recorded);
            await blobs.PutAsync(VerdictKey(hash), bytes, cancellation);
            var entry = new RecordedVerdict(hash, verdict.Candidate, verdict.Production, verdict.Source, verdict.Outcome, verdict.Admits, verdict.JudgedAt);
            return (index with { Verdicts = [.. index.Verdicts, entry] }, entry);
        }, cancellation);
    }

    /// <summary>The whole of a recorded verdict.</summary>
    /// <exception cref="ModelRegistryException">It is missing or damaged in the blob store.</exception>
    public async Task<ModelVerdict> ReadVerdictAsync(RecordedVerdict recorded, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        var key = VerdictKey(recorded.Sha256);
        var bytes = await blobs.TryGetAsync(key, cancellation) ?? throw new ModelRegistryException($"The verdict {key} is missing in the blob store. Judge {recorded.Candidate} again.");
        return ContentHash.Of(bytes) == recorded.Sha256 && JsonSerializer.Deserialize<ModelVerdict>(bytes, ContractJson.Options) is { } verdict
            ? verdict
            : throw new ModelRegistryException($"The verdict {key} is damaged in the blob store. Judge {recorded.Candidate} again.");
    }

    private static string VerdictKey(string hash) => $"models/verdicts/{hash}";
}
