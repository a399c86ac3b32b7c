namespace Search.Rerank.Rules;

/// <summary>
/// One named rule of the chain. Rules are stateless and run on one answer at a time; they may drop, fold or move candidates, and say so.
/// </summary>
public interface IReranker
{
    /// <summary>Lower case with dashes; what configuration and explanations call it.</summary>
    string Name { get; }

    void Apply(Ranking ranking);
}
