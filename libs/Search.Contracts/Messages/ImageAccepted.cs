namespace Search.Contracts.Messages;

/// <summary>Event: the catalogue holds a picture that lacks vectors of models that are served.</summary>
public sealed record ImageAccepted
{
    public required string ItemId { get; init; }

    public required int ImageNumber { get; init; }

    /// <summary>The item's revision that brought this picture; carried through to the index.</summary>
    public required long Revision { get; init; }

    public required string ContentHash { get; init; }

    /// <summary>Where the bytes lie in the shared blob store.</summary>
    public required string BlobKey { get; init; }

    /// <summary>The one model that its vector is wanted of; null when it is every served one.</summary>
    public EmbeddingModelId? OnlyModel { get; init; }
}
