using System.Text.Json;
using Search.Contracts;
using Search.Contracts.Verdicts;

namespace Search.Registry;

/// <summary>What the registry holds at one moment. Immutable; a change makes the next one.</summary>
/// <param name="Format">Version of this form.</param>
/// <param name="Versions">Every published version, oldest first.</param>
/// <param name="Aliases">For each alias the models it named, oldest first; the last is the one it names now.</param>
public sealed record RegistryIndex(int Format, IReadOnlyList<PublishedModel> Versions, IReadOnlyDictionary<string, IReadOnlyList<AliasChange>> Aliases)
{
    /// <summary>The one form there is so far.</summary>
    public const int CurrentFormat = 1;

    internal static RegistryIndex Empty { get; } = new(CurrentFormat, [], new Dictionary<string, IReadOnlyList<AliasChange>>());

    /// <summary>Every recorded verdict, oldest first.</summary>
    public IReadOnlyList<RecordedVerdict> Verdicts { get; init; } = [];

    /// <summary>Models that may be forgotten: no alias names them, and nothing that was made with them need be kept. A model leaves this list when an alias names it again.</summary>
    public IReadOnlyList<ReleasedModel> Released { get; init; } = [];

    /// <summary>What an alias names now, or null.</summary>
    public AliasChange? Current(string alias) => Aliases.TryGetValue(alias, out var history) ? history[^1] : null;

    /// <summary>The version with this id, or null.</summary>
    public PublishedModel? Find(EmbeddingModelId id) => Versions.FirstOrDefault(v => v.Id == id);

    /// <summary>Whether any alias names it now.</summary>
    public bool IsNamed(EmbeddingModelId id) => Aliases.Keys.Any(alias => Current(alias)!.Model == id);

    public bool IsReleased(EmbeddingModelId id) => Released.Any(released => released.Model == id);

    /// <summary>When the last alias that named it turned to another model; null while one names it, or none ever did.</summary>
    public DateTimeOffset? UnnamedSince(EmbeddingModelId id)
    {
        if (IsNamed(id))
            return null;
        var ends = Aliases.Values.SelectMany(history => history.Zip(history.Skip(1)).Where(change => change.First.Model == id && change.Second.Model != id).Select(change => change.Second.At)).ToList();
        return ends.Count == 0 ? null : ends.Max();
    }

    /// <summary>The last verdict of each source counts: one has to speak for the candidate, and none may speak against it.</summary>
    /// <exception cref="ModelNotAdmittedException">With the verdict to blame.</exception>
    internal void RequireAdmission(EmbeddingModelId candidate, EmbeddingModelId production)
    {
        var last = Verdicts.Where(verdict => verdict.Candidate == candidate && verdict.Production == production)
            .GroupBy(verdict => verdict.Source).Select(source => source.Last()).ToList();
        var against = last.Find(verdict => verdict.Outcome == VerdictOutcome.Failed);
        if (against is not null || !last.Exists(verdict => verdict.Admits))
            throw new ModelNotAdmittedException(candidate, production, against ?? last.LastOrDefault());
    }

    internal RegistryIndex With(PublishedModel version) => this with { Versions = [.. Versions, version] };

    internal RegistryIndex WithReleased(EmbeddingModelId model, DateTimeOffset at, string reason) =>
        IsReleased(model) ? this : this with { Released = [.. Released, new ReleasedModel(model, at, reason)] };

    internal RegistryIndex With(string alias, AliasChange change) => this with
    {
        Released = IsReleased(change.Model) ? [.. Released.Where(released => released.Model != change.Model)] : Released,
        Aliases = new Dictionary<string, IReadOnlyList<AliasChange>>(Aliases)
        {
            [alias] = [.. Aliases.TryGetValue(alias, out var history) ? history : [], change],
        },
    };

    internal byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, ContractJson.Options);

    /// <exception cref="ModelRegistryException">It is damaged or of a later form.</exception>
    internal static RegistryIndex Parse(byte[] bytes)
    {
        try
        {
            var index = JsonSerializer.Deserialize<RegistryIndex>(bytes, ContractJson.Options);
            if (index is null || index.Aliases.Values.Any(history => history.Count == 0))
                throw new ModelRegistryException("The model registry's index is empty or damaged; restore models/index in the blob store.");
            return index.Format == CurrentFormat
                ? index
                : throw new ModelRegistryException($"The model registry has format {index.Format}; this version reads format {CurrentFormat}. Update this service first.");
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new ModelRegistryException($"The model registry's index can't be read; restore models/index in the blob store. {e.Message}", e);
        }
    }
}

/// <param name="Id">Name, version and fingerprint.</param>
/// <param name="Files">SHA-256 of every file of the version, the card's among them, by file name.</param>
/// <param name="PublishedAt">UTC.</param>
public sealed record PublishedModel(EmbeddingModelId Id, IReadOnlyDictionary<string, string> Files, DateTimeOffset PublishedAt);

/// <param name="Model">What the alias named from then on.</param>
/// <param name="At">UTC.</param>
/// <param name="Reason">Why, for whoever reads the history.</param>
public sealed record AliasChange(EmbeddingModelId Model, DateTimeOffset At, string Reason);

/// <param name="At">UTC.</param>
/// <param name="Reason">Why, for whoever reads the history.</param>
public sealed record ReleasedModel(EmbeddingModelId Model, DateTimeOffset At, string Reason);
