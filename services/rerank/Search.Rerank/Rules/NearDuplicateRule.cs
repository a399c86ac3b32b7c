using System.Numerics;
using Microsoft.Extensions.Options;

namespace Search.Rerank.Rules;

/// <summary>
/// Pictures that look the same (re-encoded, resized, slightly retouched) fold into one result: perceptual hashes a few bits apart and almost
/// the same score. Candidates come best first, so only the kept ones within the score gap are compared.
/// </summary>
internal sealed class NearDuplicateRule(IOptions<RerankOptions> options) : IReranker
{
    public string Name => "near-duplicates";

    public void Apply(Ranking ranking)
    {
        if (!ranking.Query.Collapse)
            return;
        var bits = options.Value.NearDuplicateBits;
        var gap = options.Value.NearDuplicateScoreGap;
        var kept = new List<Candidate>();
        ranking.Fold(this, "near-duplicate", Find, kept.Add);

        Candidate? Find(Candidate candidate)
        {
            if (candidate.Image.PerceptualHash is not { } hash)
                return null;
            Candidate? found = null;
            // From the nearest score back to the gap; the best-scoring match wins, so that the answer does not depend on the walk's order.
            for (var i = kept.Count - 1; i >= 0 && kept[i].Score - candidate.Score <= gap; i--)
            {
                if (kept[i].Image.PerceptualHash is { } other && BitOperations.PopCount(hash ^ other) <= bits)
                    found = kept[i];
            }
            return found;
        }
    }
}
