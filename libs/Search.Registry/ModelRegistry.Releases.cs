using Search.Contracts;

namespace Search.Registry;

/// <summary>Models whose vectors need not be kept. The versions themselves stay published.</summary>
public sealed partial class ModelRegistry
{
    /// <summary>Takes a model's names away and lets everything that was made with it be forgotten. Released already, it stays so.</summary>
    /// <param name="model">Null for what was production before; where there is none, nothing happens.</param>
    /// <param name="reason">Why, for whoever reads the history.</param>
    /// <param name="cancellation">Nothing is changed when it is cancelled.</param>
    /// <exception cref="ModelRegistryException">It is production, or not published.</exception>
    public Task<bool> ReleaseAsync(EmbeddingModelId? model, string reason, CancellationToken cancellation) => ChangeAsync(
        index =>
        {
            var production = index.Current(ModelAliases.Production)?.Model;
            if ((model ?? index.Current(ModelAliases.Previous)?.Model) is not { } released || (model is null && released == production))
                return Task.FromResult((index, false));
            if (index.Find(released) is null)
                throw new ModelRegistryException($"No model {released} is published. {Offer(index)}");
            if (released == production)
                throw new ModelRegistryException($"{released} answers searches; promote another one first.");
            var now = time.GetUtcNow();
            // An alias always names something; one that names production asks for nothing.
            var after = index.Aliases.Keys.Where(alias => index.Current(alias)!.Model == released)
                .Aggregate(index, (all, alias) => all.With(alias, new AliasChange(production!.Value, now, reason))).WithReleased(released, now, reason);
            return Task.FromResult((after, after != index));
        },
        cancellation);

    /// <summary>Releases what the last alias turned from at least so long ago. A model that no alias ever named was never served and stays as it is.</summary>
    /// <param name="age">0 for at once.</param>
    /// <param name="served">Not these: a production that can't be loaded leaves the one before it serving, without a name.</param>
    /// <param name="cancellation">Nothing is changed when it is cancelled.</param>
    /// <returns>Those released now.</returns>
    public Task<IReadOnlyList<EmbeddingModelId>> ReleaseUnnamedAsync(TimeSpan age, IReadOnlyCollection<EmbeddingModelId> served, CancellationToken cancellation) => ChangeAsync(
        index =>
        {
            var now = time.GetUtcNow();
            var due = index.Versions.Select(version => version.Id).Where(id => !served.Contains(id) && !index.IsReleased(id) && index.UnnamedSince(id) <= now - age).ToList();
            return Task.FromResult((due.Aggregate(index, (all, id) => all.WithReleased(id, now, $"without a name for {age}")), (IReadOnlyList<EmbeddingModelId>)due));
        },
        cancellation);
}
