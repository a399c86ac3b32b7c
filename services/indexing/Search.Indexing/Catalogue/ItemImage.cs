using Search.Contracts.Catalogue;

namespace Search.Indexing.Catalogue;

/// <summary>One picture of an item as it is kept.</summary>
/// <param name="Revision">Of the change that brought these bytes to this number; events about older bytes carry a smaller one.</param>
internal sealed record ItemImage(string ItemId, int Number, long Revision, string ContentHash, string ContentType, ImageState State)
{
    /// <summary>Null until the picture has been embedded once.</summary>
    public ulong? PerceptualHash { get; init; }

    public string? FailureType { get; init; }

    public string? Failure { get; init; }

    /// <summary>
    /// It failed for want of its bytes, not because of them: sent again, they deserve another try. The types are those that the embedding
    /// service reports.
    /// </summary>
    internal bool LostItsBytes => State == ImageState.Failed && FailureType is "image-missing" or "image-damaged";
}
