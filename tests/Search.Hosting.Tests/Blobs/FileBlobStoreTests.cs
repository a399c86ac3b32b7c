using Search.Hosting.Blobs;
using Search.Testing;

namespace Search.Hosting.Tests.Blobs;

public sealed class FileBlobStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FileBlobStore _store;

    public FileBlobStoreTests() => _store = new FileBlobStore(_folder["blobs"]);

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
