namespace Search.Rerank.Rules;

/// <summary>One result an item: its other pictures fold into the one that matched best.</summary>
internal sealed class SameItemRule : IReranker
{
    public string Name => "same-item";

    public void Apply(Ranking ranking)
    {
        if (!ranking.Query.Collapse)
            return;
        var best = new Dictionary<string, Candidate>(StringComparer.Ordinal);
        ranking.Fold(this, "same-item", c => best.GetValueOrDefault(c.Item.Id), c => best.Add(c.Item.Id, c));
    }
}
