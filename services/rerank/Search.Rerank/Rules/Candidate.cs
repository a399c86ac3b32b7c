using Search.Contracts.Catalogue;
using Search.Contracts.Messages;

namespace Search.Rerank.Rules;

/// <summary>A similar picture on its way through the chain.</summary>
public sealed class Candidate(ItemDocument item, ImageDocument image, float score)
{
    private List<FoldedImage>? _folded;
    private List<RuleTrace>? _traces;

    public ItemDocument Item { get; } = item;

    public ImageDocument Image { get; } = image;

    /// <summary>Cosine similarity in [-1, 1].</summary>
    public float Score { get; } = score;

    public IReadOnlyList<FoldedImage> Folded => _folded ?? [];

    public IReadOnlyList<RuleTrace> Traces => _traces ?? [];

    internal void Fold(Candidate other, string reason)
    {
        _folded ??= [];
        _folded.Add(new FoldedImage(other.Item.Id, other.Image.Number, other.Score, reason));
        if (other._folded is { } inherited)
            _folded.AddRange(inherited);
    }

    internal void Trace(RuleTrace trace) => (_traces ??= []).Add(trace);
}
