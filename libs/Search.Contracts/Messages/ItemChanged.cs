using Search.Contracts.Catalogue;

namespace Search.Contracts.Messages;

/// <summary>Event: an item is new or different. Carries the whole document; the larger revision wins.</summary>
public sealed record ItemChanged
{
    public required ItemDocument Item { get; init; }
}
