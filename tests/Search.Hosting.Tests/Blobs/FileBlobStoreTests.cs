using Search.Hosting.Blobs;
using Search.Testing;

namespace Search.Hosting.Tests.Blobs;

public sealed class FileBlobStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FileBlobStore _store;

    public FileBlobStoreTests() => _store = new FileBlobStore(_folder["blobs"], TimeProvider.System);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Put_ThenGet_GivesTheBytesAndDeleteForgetsThem()
    {
        var token = TestContext.Current.CancellationToken;
        await _store.PutAsync("images/a", new byte[] { 1, 2 }, token);
        await _store.PutAsync("images/a", new byte[] { 3 }, token);

        Assert.Equal([3], await _store.TryGetAsync("images/a", token));
        Assert.True(await _store.ExistsAsync("images/a", token));

        await _store.DeleteAsync("images/a", token);
        await _store.DeleteAsync("images/a", token);

        Assert.Null(await _store.TryGetAsync("images/a", token));
        Assert.Empty(Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Open_AfterAKill_RemovesWhatWasLeftBehindAndNothingElse()
    {
        var token = TestContext.Current.CancellationToken;
        var (lost, running, picture) = (BlobKeys.Query(Guid.NewGuid()), BlobKeys.Query(Guid.NewGuid()), "images/a");
        foreach (var key in new[] { lost, running, picture })
            await _store.PutAsync(key, new byte[] { 1 }, token);
        var half = _folder["blobs/.incoming/half"];
        await File.WriteAllBytesAsync(half, [1], token);
        foreach (var old in new[] { half, _folder[$"blobs/{lost}"], _folder[$"blobs/{picture}"] })
            File.SetLastWriteTimeUtc(old, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-2));

        var reopened = new FileBlobStore(_folder["blobs"], TimeProvider.System);

        Assert.False(File.Exists(half));
        Assert.False(await reopened.ExistsAsync(lost, token));
        Assert.True(await reopened.ExistsAsync(running, token));
        Assert.True(await reopened.ExistsAsync(picture, token));
    }

    [Fact]
    public async Task Put_AfterSomebodyDeletedTheStoresFolders_MakesThemAnew()
    {
        var token = TestContext.Current.CancellationToken;
        await _store.PutAsync("images/a", new byte[] { 1 }, token);
        Directory.Delete(_folder["blobs"], recursive: true);

        await _store.PutAsync("images/a", new byte[] { 2 }, token);

        Assert.Equal([2], await _store.TryGetAsync("images/a", token));
    }

    [Fact]
    public async Task Put_OfManyFirstBlobsInTheSameNewFolders_StoresAll()
    {
        var token = TestContext.Current.CancellationToken;
        for (var folder = 0; folder < 200; folder++)
        {
            using var together = new Barrier(4);
            await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Factory.StartNew(
                () =>
                {
                    together.SignalAndWait(token);
                    return _store.PutAsync($"images/{folder}/{i}", new byte[] { 1 }, token);
                },
                token, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));
        }
        Assert.Equal(800, Directory.GetFiles(_folder["blobs/images"], "*", SearchOption.AllDirectories).Length);
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("/etc/passwd")]
    [InlineData("images/../../outside")]
    [InlineData("a//b")]
    [InlineData("images/A")]
    [InlineData("images/a\0b")]
    [InlineData("images\\a")]
    [InlineData("a/")]
    public async Task Put_UnderAKeyThatCouldLeaveTheStore_IsRefused(string key)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => _store.PutAsync(key, new byte[] { 1 }, TestContext.Current.CancellationToken));
    }
}
