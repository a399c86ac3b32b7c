namespace Search.Hosting.Blobs;

/// <summary>
/// Keeps bytes under a key: catalogue pictures, large query pictures, models. Keys are ours, <c>a-z 0-9 / -</c>, never a caller's text. Safe for concurrent use, from
/// any number of processes. A store that can't be reached throws <see cref="BlobStoreException"/>, or what files throw.
/// </summary>
public interface IBlobStore
{
    /// <summary>Stores or replaces; when it returns the bytes are durable and whole for every reader.</summary>
    Task PutAsync(string key, ReadOnlyMemory<byte> bytes, CancellationToken cancellation);

    /// <summary>
    /// Stores only if nobody else has since: of several writers who read the same version one succeeds. True also when what is there is byte for byte what was to be stored,
    /// so that an answer lost on the way does no harm.
    /// </summary>
    /// <param name="key">Of a blob that is only ever stored this way.</param>
    /// <param name="expected">The version that was read, or null when there was no blob.</param>
    /// <param name="bytes">What is to be there.</param>
    /// <param name="cancellation">The blob may or may not be stored then.</param>
    /// <returns>False when another version is there, which stays.</returns>
    Task<bool> TryReplaceAsync(string key, string? expected, ReadOnlyMemory<byte> bytes, CancellationToken cancellation);

    /// <returns>The bytes, or null when there is no such blob.</returns>
    Task<byte[]?> TryGetAsync(string key, CancellationToken cancellation);

    /// <returns>The bytes and which version they are, or null when there is no such blob.</returns>
    Task<VersionedBlob?> TryGetVersionAsync(string key, CancellationToken cancellation);

    /// <summary>Removes; a blob that is not there is no error.</summary>
    Task DeleteAsync(string key, CancellationToken cancellation);
}

/// <param name="Bytes">The blob.</param>
/// <param name="Version">What the store calls it; means something to that store and key alone.</param>
public sealed record VersionedBlob(byte[] Bytes, string Version);
