using System.Buffers;
using Search.Contracts;

namespace Search.Hosting.Blobs;

/// <summary>The suite's key space: content by hash, query pictures by a random name.</summary>
public static class BlobKeys
{
    /// <summary>The folder of query pictures.</summary>
    internal const string Queries = "queries";

    /// <summary>No query runs this long: its picture was left by a process that was killed.</summary>
    internal static readonly TimeSpan LeftBehindAfter = TimeSpan.FromHours(1);

    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-/");

    /// <summary>A catalogue picture. One level of 256 folders: making folders costs more than large ones do.</summary>
    public static string Image(string contentHash) => ContentHash.IsValid(contentHash)
        ? $"images/{contentHash[..2]}/{contentHash}"
        : throw new ArgumentException($"'{contentHash}' is not a content hash.", nameof(contentHash));

    /// <summary>A query picture on its way to the embedding service; deleted after the query.</summary>
    public static string Query(Guid id) => $"{Queries}/{id:n}";

    /// <exception cref="ArgumentException">The key could leave the store or collide on some file system.</exception>
    public static void Require(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        if (!IsValid(key))
            throw new ArgumentException($"'{key}' is not a blob key.", nameof(key));
    }

    internal static bool IsValid(string key) => key.Length is > 0 and <= 200
        && !key.AsSpan().ContainsAnyExcept(Allowed) && key[0] != '/' && key[^1] != '/' && !key.Contains("//", StringComparison.Ordinal);
}
