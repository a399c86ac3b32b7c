namespace Search.Contracts.Messages;

/// <summary>
/// Query to the indexing service: what does the catalogue say of this item? Answered with an <see cref="Catalogue.ItemDocument"/> whatever the item's
/// visibility, or a 404 problem.
/// </summary>
public sealed record GetItem
{
    public required string ItemId { get; init; }
}
