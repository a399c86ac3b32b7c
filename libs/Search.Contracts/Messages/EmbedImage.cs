namespace Search.Contracts.Messages;

/// <summary>Query to the embedding service: turn one picture into a vector of the active model.</summary>
/// <remarks>Exactly one of <see cref="Image"/> and <see cref="BlobKey"/> is set: a large picture travels by claim check.</remarks>
public sealed record EmbedImage
{
    /// <summary>The encoded picture (JPEG, PNG, WebP, GIF or BMP).</summary>
    public byte[]? Image { get; init; }

    /// <summary>Where the picture lies in the shared blob store.</summary>
    public string? BlobKey { get; init; }
}
