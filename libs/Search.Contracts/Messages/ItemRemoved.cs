namespace Search.Contracts.Messages;

/// <summary>Event: an item is gone; everything kept about it up to this revision goes too.</summary>
public sealed record ItemRemoved
{
    public required string ItemId { get; init; }

    public required long Revision { get; init; }
}
