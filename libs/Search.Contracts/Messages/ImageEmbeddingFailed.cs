namespace Search.Contracts.Messages;

/// <summary>Event: a catalogue picture can't be embedded and never will be as it is (unreadable, too large, gone).</summary>
public sealed record ImageEmbeddingFailed
{
    public required string ItemId { get; init; }

    public required int ImageNumber { get; init; }

    public required long Revision { get; init; }

    /// <summary>The model that it failed under; null from services of an earlier version, which had only one.</summary>
    public EmbeddingModelId? Model { get; init; }

    /// <summary>Stable slug, e.g. image-truncated.</summary>
    public required string Type { get; init; }

    /// <summary>For a person: what is wrong and what to do.</summary>
    public required string Reason { get; init; }
}
