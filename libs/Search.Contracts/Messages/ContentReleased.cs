namespace Search.Contracts.Messages;

/// <summary>Event: no item refers to these bytes any more; whatever was derived from them alone may be forgotten.</summary>
public sealed record ContentReleased
{
    public required string ContentHash { get; init; }
}
