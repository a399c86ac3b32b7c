namespace Search.Rerank.Rules;

/// <summary>An item is not its own answer: asked for things like it, a shopper has already seen it.</summary>
internal sealed class OwnItemRule : IReranker
{
    public string Name => "own-item";

    public void Apply(Ranking ranking)
    {
        if (ranking.Query.QueryItemId is { } own)
            ranking.Keep(this, c => c.Item.Id != own);
    }
}
