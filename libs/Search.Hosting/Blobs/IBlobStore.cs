namespace Search.Hosting.Blobs;

/// <summary>
/// Keeps bytes under a key: catalogue pictures and large query pictures. Keys are ours, <c>a-z 0-9 / -</c>, never a caller's text. Safe for concurrent use.
/// </summary>
public interface IBlobStore
{
    /// <summary>Stores or replaces; when it returns the bytes are durable and whole for every reader.</summary>
    Task PutAsync(string key, ReadOnlyMemory<byte> bytes, CancellationToken cancellation);

    /// <returns>The bytes, or null when there is no such blob.</returns>
    Task<byte[]?> TryGetAsync(string key, CancellationToken cancellation);

    Task<bool> ExistsAsync(string key, CancellationToken cancellation);

    /// <summary>Removes; a blob that is not there is no error.</summary>
    Task DeleteAsync(string key, CancellationToken cancellation);
}
