using Search.Contracts;

namespace Search.Hosting.Blobs;

/// <summary>
/// Blobs as files below one folder. A blob appears under its name only when it is whole. What a killed process left half written, and the pictures of
/// queries that nobody waits for any more, are removed when the store is opened. The calls are not asynchronous below: the system's are not either, so a thread would
/// wait all the same, and another one's wait would have to be handed over.
/// </summary>
internal sealed class FileBlobStore : IBlobStore
{
    // No key starts with a dot.
    private const string Incoming = ".incoming";

    // Held only while a version is compared and replaced.
    private const string Lock = ".lock";

    // Two file operations take no such time: then something else is wrong with the file.
    private static readonly TimeSpan s_lockedAtMost = TimeSpan.FromSeconds(10);

    private readonly string _root;
    private readonly TimeProvider _time;

    public FileBlobStore(string root, TimeProvider time)
    {
        _root = Path.GetFullPath(root);
        _time = time;
        // What is half written may be somebody's who is writing right now, in another process.
        foreach (var folder in (string[])[Incoming, BlobKeys.Queries])
            Sweep(Directory.CreateDirectory(Path.Combine(_root, folder)), time.GetUtcNow().UtcDateTime - BlobKeys.LeftBehindAfter);
    }

    public Task PutAsync(string key, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var path = PathOf(key);
        var temporary = Path.Combine(_root, Incoming, Guid.NewGuid().ToString("n"));
        try
        {
            // Nearly always both folders are there: looking first would cost every blob what only the first one in a folder has to pay.
            WithFolderOf(temporary, () => File.WriteAllBytes(temporary, bytes.Span));
            WithFolderOf(path, () => File.Move(temporary, path, overwrite: true));
        }
        catch
        {
            if (File.Exists(temporary)) File.Delete(temporary);
            throw;
        }
        return Task.CompletedTask;
    }

    public async Task<bool> TryReplaceAsync(string key, string? expected, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        await using var turn = await LockAsync(cancellation);
        var there = await TryGetVersionAsync(key, cancellation);
        if (there?.Version != expected)
            return there is not null && there.Bytes.AsSpan().SequenceEqual(bytes.Span);
        await PutAsync(key, bytes, cancellation);
        return true;
    }

    public async Task<VersionedBlob?> TryGetVersionAsync(string key, CancellationToken cancellation) =>
        await TryGetAsync(key, cancellation) is { } bytes ? new VersionedBlob(bytes, ContentHash.Of(bytes)) : null;

    public Task<byte[]?> TryGetAsync(string key, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var path = PathOf(key);
        try
        {
            return Task.FromResult<byte[]?>(File.ReadAllBytes(path));
        }
        // A key that others begin with is a folder here.
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException || (e is UnauthorizedAccessException && Directory.Exists(path)))
        {
            return Task.FromResult<byte[]?>(null);
        }
    }

    public Task DeleteAsync(string key, CancellationToken cancellation)
    {
        var path = PathOf(key);
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is DirectoryNotFoundException || (e is UnauthorizedAccessException && Directory.Exists(path)))
        {
            // Nothing was ever stored there.
        }
        return Task.CompletedTask;
    }

    private static void WithFolderOf(string path, Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (e is DirectoryNotFoundException or FileNotFoundException)
        {
            // A move into a missing folder that somebody makes in the same moment is blamed on the file.
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            work();
        }
    }

    /// <summary>One at a time, in whatever process: the system lets a file that is open for one alone be opened by nobody else, and forgets the lock of a process that dies.</summary>
    private async Task<FileStream> LockAsync(CancellationToken cancellation)
    {
        var begun = _time.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(_root, Lock), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (e is not DirectoryNotFoundException && _time.GetElapsedTime(begun) < s_lockedAtMost)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), _time, cancellation);
            }
        }
    }

    private static void Sweep(DirectoryInfo folder, DateTime writtenBefore)
    {
        foreach (var file in folder.EnumerateFiles())
        {
            if (file.LastWriteTimeUtc < writtenBefore)
                file.Delete();
        }
    }

    private string PathOf(string key)
    {
        BlobKeys.Require(key);
        return Path.Combine(_root, key);
    }
}
