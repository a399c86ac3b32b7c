using Search.Contracts;
using Search.Contracts.Messages;

namespace Search.Gateway.Searching;

/// <summary>From what the services said to what the caller reads.</summary>
internal static class SearchAnswers
{
    internal static SearchResult Result(RankedItem ranked, bool explain) => new()
    {
        ItemId = ranked.Item.Id,
        ImageId = ImageKey.Create(ranked.Item.Id, ranked.ImageNumber),
        Score = Cosine(ranked.Score),
        Item = new SearchResultItem
        {
            Title = ranked.Item.Title,
            Category = ranked.Item.Category,
            Attributes = ranked.Item.Attributes,
            Price = ranked.Item.Price,
            // Item ids need no escaping in a path: that is what their alphabet is for.
            ImageUrl = $"/v1/items/{ranked.Item.Id}/image?n={ranked.ImageNumber}",
        },
        Duplicates = [.. ranked.Duplicates.Select(Duplicate)],
        Explain = explain ? ranked.Explain : null,
    };

    private static SearchDuplicate Duplicate(FoldedImage folded) => new()
    {
        ItemId = folded.ItemId,
        ImageId = ImageKey.Create(folded.ItemId, folded.ImageNumber),
        Score = Cosine(folded.Score),
        Reason = folded.Reason,
    };

    /// <summary>The dot product of two unit vectors in float32 can leave [-1, 1] by an ulp or two.</summary>
    private static float Cosine(float score) => Math.Clamp(score, -1f, 1f);
}
