namespace Search.Rerank.Rules;

/// <summary>Items listed twice with the same picture, byte for byte, fold into one result.</summary>
internal sealed class ExactDuplicateRule : IReranker
{
    public string Name => "exact-duplicates";

    public void Apply(Ranking ranking)
    {
        if (!ranking.Query.Collapse)
            return;
        var best = new Dictionary<string, Candidate>(StringComparer.Ordinal);
        ranking.Fold(this, "exact-duplicate", c => best.GetValueOrDefault(c.Image.ContentHash), c => best.Add(c.Image.ContentHash, c));
    }
}
