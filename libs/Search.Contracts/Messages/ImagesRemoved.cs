namespace Search.Contracts.Messages;

/// <summary>
/// Event: pictures of an item are gone. Collections drop those whose stored revision is not above <see cref="Revision"/>; a vector that
/// arrives late is removed again when the catalogue learns of it.
/// </summary>
public sealed record ImagesRemoved
{
    public required string ItemId { get; init; }

    public required long Revision { get; init; }

    public required int[] ImageNumbers { get; init; }
}
