using Search.Contracts.Messages;

namespace Search.Rerank.Rules;

/// <summary>One answer in the making: the candidates, best first, and what the rules did to them. Used by one thread.</summary>
public sealed class Ranking
{
    private readonly Dictionary<string, int> _dropped = [];
    private List<Candidate> _candidates;

    internal Ranking(RerankCandidates query, List<Candidate> candidates)
    {
        Query = query;
        _candidates = candidates;
    }

    public RerankCandidates Query { get; }

    /// <summary>Best first, ties in ordinal order of item id and picture number.</summary>
    public IReadOnlyList<Candidate> Candidates => _candidates;

    public IReadOnlyDictionary<string, int> Dropped => _dropped;

    /// <summary>Keeps the candidates for which <paramref name="keep"/> holds and counts the others under the rule's name.</summary>
    public void Keep(IReranker rule, Predicate<Candidate> keep)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var before = _candidates.Count;
        _candidates.RemoveAll(c => !keep(c));
        Count(rule, before - _candidates.Count);
    }

    /// <summary>
    /// Folds each candidate into the best one before it that <paramref name="target"/> finds; the others stay. <paramref name="target"/> gets
    /// the candidate and returns the kept one it duplicates, or null, in which case the candidate is kept and offered to those after it by <paramref name="kept"/>.
    /// </summary>
    public void Fold(IReranker rule, string reason, Func<Candidate, Candidate?> target, Action<Candidate> kept)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(kept);
        var remaining = new List<Candidate>(_candidates.Count);
        foreach (var candidate in _candidates)
        {
            if (target(candidate) is { } into)
            {
                into.Fold(candidate, reason);
                if (Query.Explain)
                    into.Trace(new RuleTrace(rule.Name, "folded", $"{candidate.Item.Id}/{candidate.Image.Number} is its {reason}."));
            }
            else
            {
                remaining.Add(candidate);
                kept(candidate);
            }
        }
        Count(rule, _candidates.Count - remaining.Count);
        _candidates = remaining;
    }

    /// <summary>Notes that a rule looked at the candidates that remain and let them pass.</summary>
    public void Explain(IReranker rule, string effect, Func<Candidate, string> detail)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(detail);
        if (!Query.Explain)
            return;
        foreach (var candidate in _candidates)
            candidate.Trace(new RuleTrace(rule.Name, effect, detail(candidate)));
    }

    private void Count(IReranker rule, int number)
    {
        if (number > 0)
            _dropped[rule.Name] = _dropped.GetValueOrDefault(rule.Name) + number;
    }
}
