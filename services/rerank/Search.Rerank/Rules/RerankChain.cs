using Microsoft.Extensions.Options;

namespace Search.Rerank.Rules;

/// <summary>The rules in the order that options ask for.</summary>
/// <exception cref="OptionsValidationException">The chain names a rule that does not exist, or one twice.</exception>
internal sealed class RerankChain
{
    private readonly IReranker[] _rules;

    public RerankChain(IEnumerable<IReranker> known, IOptions<RerankOptions> options)
    {
        var byName = ByName(known);
        Known = [.. byName.Keys.Order(StringComparer.Ordinal)];
        var names = options.Value.Chain.Count > 0 ? [.. options.Value.Chain] : RerankOptions.DefaultChain;
        var errors = names.Where(n => !byName.ContainsKey(n))
            .Select(n => $"Rerank:Chain names '{n}', which does not exist; known are {string.Join(", ", Known)}.")
            .Concat(names.GroupBy(n => n).Where(g => g.Count() > 1).Select(g => $"Rerank:Chain names '{g.Key}' {g.Count()} times."))
            .ToList();
        if (errors.Count > 0)
            throw new OptionsValidationException(RerankOptions.Section, typeof(RerankOptions), errors);
        _rules = [.. names.Select(name => byName[name])];
    }

    public IReadOnlyList<string> Known { get; }

    public IEnumerable<string> Names => _rules.Select(r => r.Name);

    public void Run(Ranking ranking)
    {
        foreach (var rule in _rules)
            rule.Apply(ranking);
    }

    private static Dictionary<string, IReranker> ByName(IEnumerable<IReranker> known)
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
