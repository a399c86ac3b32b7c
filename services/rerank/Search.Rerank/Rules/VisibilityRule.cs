using Search.Contracts.Catalogue;

namespace Search.Rerank.Rules;

/// <summary>Only public items are shown.</summary>
internal sealed class VisibilityRule : IReranker
{
    public string Name => "visibility";

    public void Apply(Ranking ranking)
    {
        ranking.Keep(this, c => c.Item.Visibility == ItemVisibility.Public);
        ranking.Explain(this, "kept", _ => "The item is public.");
    }
}
