using Microsoft.Extensions.Options;

namespace Search.Rerank.Rules;

/// <summary>The rules in the order that options ask for.</summary>
internal sealed class RerankChain
{
    private readonly IReranker[] _rules;

    public RerankChain(IEnumerable<IReranker> known, IOptions<RerankOptions> options)
    {
        var byName = ByName(known);
        Known = [.. byName.Keys.Order(StringComparer.Ordinal)];
        _rules = [.. NamesOf(options.Value).Select(name => byName[name])];
    }

    public IReadOnlyList<string> Known { get; }

    public IEnumerable<string> Names => _rules.Select(r => r.Name);

    public void Run(Ranking ranking)
    {
        foreach (var rule in _rules)
            rule.Apply(ranking);
    }

    internal static IReadOnlyList<string> NamesOf(RerankOptions options) => options.Chain.Count > 0 ? [.. options.Chain] : RerankOptions.DefaultChain;

    internal static Dictionary<string, IReranker> ByName(IEnumerable<IReranker> known)
    {
        var byName = new Dictionary<string, IReranker>(StringComparer.Ordinal);
        foreach (var rule in known)
        {
            if (!byName.TryAdd(rule.Name, rule))
                throw new InvalidOperationException($"Two rerankers are called '{rule.Name}': {byName[rule.Name].GetType()} and {rule.GetType()}.");
        }
        return byName;
    }
}

/// <summary>Stops start-up when the chain names a rule that does not exist or names one twice.</summary>
internal sealed class RerankChainValidator(IEnumerable<IReranker> known) : IValidateOptions<RerankOptions>
{
    public ValidateOptionsResult Validate(string? name, RerankOptions options)
    {
        var names = RerankChain.NamesOf(options);
        var byName = RerankChain.ByName(known);
        var errors = names.Where(n => !byName.ContainsKey(n))
            .Select(n => $"Rerank:Chain names '{n}', which does not exist; known are {string.Join(", ", byName.Keys.Order(StringComparer.Ordinal))}.")
            .Concat(names.GroupBy(n => n).Where(g => g.Count() > 1).Select(g => $"Rerank:Chain names '{g.Key}' {g.Count()} times."))
            .ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
