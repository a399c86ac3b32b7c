namespace Search.Contracts.Catalogue;

/// <summary>
/// The catalogue's truth about one item, as the indexing service publishes it and every read model keeps it.
/// <see cref="Revision"/> grows with each change of any item, so a reader keeps the document with the larger one.
/// </summary>
public sealed record ItemDocument
{
    public required string Id { get; init; }

    public required long Revision { get; init; }

    public required string Title { get; init; }

    public required string Category { get; init; }

    public IReadOnlyDictionary<string, AttributeValue> Attributes { get; init; } = new Dictionary<string, AttributeValue>();

    /// <summary>In the shop's currency; not negative.</summary>
    public double? Price { get; init; }

    public ItemVisibility Visibility { get; init; }

    /// <summary>In order of <see cref="ImageDocument.Number"/>; the first is the item's main picture.</summary>
    public IReadOnlyList<ImageDocument> Images { get; init; } = [];
}

/// <summary>One picture of an item.</summary>
public sealed record ImageDocument
{
    public required int Number { get; init; }

    /// <summary>SHA-256 of the bytes as uploaded, <see cref="Contracts.ContentHash"/>.</summary>
    public required string ContentHash { get; init; }

    /// <summary>64-bit DCT hash of the picture; null until it has been decoded.</summary>
    public ulong? PerceptualHash { get; init; }

    public ImageState State { get; init; }

    /// <summary>Why the picture failed; null otherwise.</summary>
    public string? FailureReason { get; init; }

    /// <summary>The item's revision that brought these bytes; what was made from older bytes is stale.</summary>
    public required long Revision { get; init; }
}
