using Search.Hosting.Blobs;
using Search.Testing;

namespace Search.Hosting.Tests.Blobs;

public sealed class FileBlobStoreTests : BlobStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private protected override IBlobStore Open(TimeProvider time) => new FileBlobStore(_folder["blobs"], time);

    [Fact]
    public async Task Delete_LeavesNoFile()
    {
        await Store.PutAsync("images/a", new byte[] { 1, 2 }, Cancellation);
        await Store.PutAsync("images/a", new byte[] { 3 }, Cancellation);
        await Store.DeleteAsync("images/a", Cancellation);

        Assert.Empty(Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Open_AfterAKill_RemovesWhatWasLeftBehindAndNothingElse()
    {
        var (lost, running, picture) = (BlobKeys.Query(Guid.NewGuid()), BlobKeys.Query(Guid.NewGuid()), "images/a");
        foreach (var key in new[] { lost, running, picture })
            await Store.PutAsync(key, new byte[] { 1 }, Cancellation);
        var half = _folder["blobs/.incoming/half"];
        await File.WriteAllBytesAsync(half, [1], Cancellation);
        foreach (var old in new[] { half, _folder[$"blobs/{lost}"], _folder[$"blobs/{picture}"] })
            File.SetLastWriteTimeUtc(old, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-2));

        var reopened = Open(TimeProvider.System);

        Assert.False(File.Exists(half));
        Assert.Null(await reopened.TryGetAsync(lost, Cancellation));
        Assert.NotNull(await reopened.TryGetAsync(running, Cancellation));
        Assert.NotNull(await reopened.TryGetAsync(picture, Cancellation));
    }

    [Fact]
    public async Task Put_AfterSomebodyDeletedTheStoresFolders_MakesThemAnew()
    {
        await Store.PutAsync("images/a", new byte[] { 1 }, Cancellation);
        Directory.Delete(_folder["blobs"], recursive: true);

        await Store.PutAsync("images/a", new byte[] { 2 }, Cancellation);

        Assert.Equal([2], await Store.TryGetAsync("images/a", Cancellation));
    }

    [Fact]
    public async Task Put_OfManyFirstBlobsInTheSameNewFolders_StoresAll()
    {
        var store = Store;
        for (var folder = 0; folder < 200; folder++)
        {
            using var together = new Barrier(4);
            await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Factory.StartNew(
                () =>
                {
                    together.SignalAndWait(Cancellation);
                    return store.PutAsync($"images/{folder}/{i}", new byte[] { 1 }, Cancellation);
                },
                Cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));
        }
        Assert.Equal(800, Directory.GetFiles(_folder["blobs/images"], "*", SearchOption.AllDirectories).Length);
    }
}
