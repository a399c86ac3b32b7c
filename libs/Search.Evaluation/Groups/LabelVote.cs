namespace Search.Evaluation.Groups;

/// <summary>What the neighbours of something say its label is: each votes for its own with the weight of its similarity.</summary>
/// <param name="Label">The label with most votes; on a tie its own, then the smaller. Its own, too, when nobody votes.</param>
/// <param name="Share">Votes for <paramref name="Label"/> of all, 0 to 1.</param>
/// <param name="Disagreement">Votes for other labels than its own, of all, 0 to 1; 0 when nobody votes.</param>
public readonly record struct LabelVote(int Label, double Share, double Disagreement)
{
    /// <param name="own">Label of the thing itself.</param>
    /// <param name="neighbours">The nearest; those of no similarity or less have no vote.</param>
    /// <param name="labels">Label of everything, by index.</param>
    public static LabelVote Of(int own, ReadOnlySpan<Neighbour> neighbours, IReadOnlyList<int> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var votes = new SortedDictionary<int, double>();
        var all = 0.0;
        foreach (var neighbour in neighbours)
        {
            if (!(neighbour.Similarity > 0)) continue;
            votes[labels[neighbour.Index]] = votes.GetValueOrDefault(labels[neighbour.Index]) + neighbour.Similarity;
            all += neighbour.Similarity;
        }
        if (all == 0) return new LabelVote(own, 0, 0);
        var (winner, most) = (own, votes.GetValueOrDefault(own));
        var agreeing = most;
        foreach (var (label, weight) in votes)
        {
            if (weight > most) (winner, most) = (label, weight);
        }
        return new LabelVote(winner, most / all, Math.Max(0, 1 - agreeing / all));
    }
}
