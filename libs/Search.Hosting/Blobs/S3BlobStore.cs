using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace Search.Hosting.Blobs;

/// <summary>Blobs as objects of one bucket below a prefix, on AWS or any other S3 server. S3 itself lets an object appear only when it is whole.</summary>
internal sealed class S3BlobStore : IBlobStore, IDisposable
{
    private readonly AmazonS3Client _client;
    private readonly string _bucket;
    private readonly string _prefix;
    private readonly string _place;
    private readonly TimeProvider _time;

    /// <param name="options">Valid ones.</param>
    /// <param name="time">Tells how old a query's picture is.</param>
    public S3BlobStore(S3BlobOptions options, TimeProvider time)
    {
        _client = S3Client.Create(options);
        _bucket = options.Bucket;
        _prefix = options.Prefix.Length > 0 ? options.Prefix + "/" : "";
        _place = $"bucket '{_bucket}' at {(options.Endpoint.Length > 0 ? options.Endpoint : "AWS")}";
        _time = time;
    }

    /// <summary>Finds out whether the bucket can be used, and removes the pictures of queries that nobody waits for any more.</summary>
    /// <exception cref="BlobStoreException">It can't be used; the message says why.</exception>
    public Task OpenAsync(CancellationToken cancellation) => AskAsync(async () =>
    {
        var writtenBefore = _time.GetUtcNow() - BlobKeys.LeftBehindAfter;
        var pictures = _client.Paginators.ListObjectsV2(new ListObjectsV2Request { BucketName = _bucket, Prefix = $"{_prefix}{BlobKeys.Queries}/" });
        await foreach (var picture in pictures.S3Objects.WithCancellation(cancellation))
        {
            if (picture.LastModified?.ToUniversalTime() < writtenBefore.UtcDateTime)
                await _client.DeleteObjectAsync(_bucket, picture.Key, cancellation);
        }
        return true;
    }, cancellation);

    public Task PutAsync(string key, ReadOnlyMemory<byte> bytes, CancellationToken cancellation) => AskAsync(() => SendAsync(ObjectOf(key), bytes, _ => { }, cancellation), cancellation);

    public async Task<bool> TryReplaceAsync(string key, string? expected, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        if (await TrySendAsync(key, expected, bytes, cancellation))
            return true;
        var there = await TryGetVersionAsync(key, cancellation);
        // The client repeats a request whose answer it did not get: then it is its own object that is in the way.
        if (there is not null && there.Bytes.AsSpan().SequenceEqual(bytes.Span))
            return true;
        // The version stands and still it was refused: this server takes the quotes around an ETag for part of it, where others know it only without.
        return expected is not null && there?.Version == expected && await TrySendAsync(key, $"\"{expected}\"", bytes, cancellation);
    }

    public async Task<byte[]?> TryGetAsync(string key, CancellationToken cancellation) => (await TryGetVersionAsync(key, cancellation))?.Bytes;

    public Task<VersionedBlob?> TryGetVersionAsync(string key, CancellationToken cancellation)
    {
        var name = ObjectOf(key);
        return AskAsync(async () =>
        {
            try
            {
                using var response = await _client.GetObjectAsync(_bucket, name, cancellation);
                var bytes = new byte[response.ContentLength];
                await response.ResponseStream.ReadExactlyAsync(bytes, cancellation);
                return new VersionedBlob(bytes, response.ETag.Trim('"'));
            }
            catch (AmazonS3Exception e) when (IsMissing(e))
            {
                return null;
            }
        }, cancellation);
    }

    public Task DeleteAsync(string key, CancellationToken cancellation)
    {
        var name = ObjectOf(key);
        return AskAsync(() => _client.DeleteObjectAsync(_bucket, name, cancellation), cancellation);
    }

    public void Dispose() => _client.Dispose();

    private Task<bool> TrySendAsync(string key, string? expected, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        var name = ObjectOf(key);
        return AskAsync(async () =>
        {
            try
            {
                await SendAsync(name, bytes, request => (request.IfMatch, request.IfNoneMatch) = (expected, expected is null ? "*" : null), cancellation);
                return true;
            }
            // 412: another version; 409: somebody is writing right now; 404: the version is gone.
            catch (AmazonS3Exception e) when (e.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict || IsMissing(e))
            {
                return false;
            }
        }, cancellation);
    }

    private async Task<bool> SendAsync(string name, ReadOnlyMemory<byte> bytes, Action<PutObjectRequest> condition, CancellationToken cancellation)
    {
        using var content = new MemoryStream(bytes.ToArray(), writable: false);
        // One signed piece: the server checks the hash of the whole, and servers that do not know Amazon's way of signing piece by piece take it.
        var request = new PutObjectRequest { BucketName = _bucket, Key = name, InputStream = content, AutoCloseStream = false, UseChunkEncoding = false };
        condition(request);
        await _client.PutObjectAsync(request, cancellation);
        return true;
    }

    /// <exception cref="BlobStoreException">The store did not do it; that it does not have the blob is no such case.</exception>
    private async Task<T> AskAsync<T>(Func<Task<T>> request, CancellationToken cancellation)
    {
        try
        {
            return await request();
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException or IOException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new BlobStoreException($"The blob store, {_place}, can't be used: {Reason(e)}", e);
        }
    }

    // Some servers send a code alone; a connection that fails says why further in.
    private static string Reason(Exception e) => string.Join(
        ": ", new[] { (e as AmazonServiceException)?.ErrorCode, e.Message, e.InnerException is HttpRequestException inner ? inner.Message : null }.Where(part => !string.IsNullOrEmpty(part)).Distinct());

    // A bucket that is missing is no missing blob.
    private static bool IsMissing(AmazonS3Exception e) => e.StatusCode == HttpStatusCode.NotFound && e.ErrorCode != "NoSuchBucket";

    private string ObjectOf(string key)
    {
        BlobKeys.Require(key);
        return _prefix + key;
    }
}
