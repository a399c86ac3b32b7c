using Search.Hosting.Blobs;

namespace Search.Hosting.Tests.Blobs;

/// <summary>What every blob store promises.</summary>
public abstract class BlobStoreContract
{
    private IBlobStore? _store;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The store of this test, opened when it is first asked for.</summary>
    private protected IBlobStore Store => _store ??= Open(TimeProvider.System);

    /// <summary>Opens this test's store once more, as another process would.</summary>
    private protected abstract IBlobStore Open(TimeProvider time);

    [Fact]
    public async Task Put_ThenGet_GivesTheBytesAndDeleteForgetsThem()
    {
        await Store.PutAsync("images/a", new byte[] { 1, 2 }, Cancellation);
        await Store.PutAsync("images/a", new byte[] { 3 }, Cancellation);

        Assert.Equal([3], await Store.TryGetAsync("images/a", Cancellation));

        await Store.DeleteAsync("images/a", Cancellation);
        await Store.DeleteAsync("images/a", Cancellation);

        Assert.Null(await Store.TryGetAsync("images/a", Cancellation));
        Assert.Null(await Store.TryGetVersionAsync("images/a", Cancellation));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(9_000_000)]
    public async Task Put_OfAnySize_IsReadByOthers(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        await Store.PutAsync("images/a", bytes, Cancellation);

        var read = await Open(TimeProvider.System).TryGetAsync("images/a", Cancellation);
        Assert.True(bytes.AsSpan().SequenceEqual(read));
        Assert.NotNull(read);
    }

    [Fact]
    public async Task Keys_ThatBeginAlike_AreBlobsOfTheirOwn()
    {
        await Store.PutAsync("models/files/a", new byte[] { 1 }, Cancellation);
        await Store.PutAsync("models/files/ab", new byte[] { 2 }, Cancellation);
        await Store.DeleteAsync("models/files/a", Cancellation);

        Assert.Equal([2], await Store.TryGetAsync("models/files/ab", Cancellation));
        Assert.Null(await Store.TryGetAsync("models/files", Cancellation));
        await Store.DeleteAsync("models/files", Cancellation);
        Assert.Equal([2], await Store.TryGetAsync("models/files/ab", Cancellation));
        Assert.Null(await Store.TryGetAsync("models/none/at/all", Cancellation));
        await Store.DeleteAsync("models/none/at/all", Cancellation);
    }

    [Fact]
    public async Task Get_WhileOthersReplace_SeesOneBlobOrTheOtherAndNeverAMix()
    {
        byte[][] blobs = [[.. Enumerable.Repeat((byte)1, 300_000)], [.. Enumerable.Repeat((byte)2, 200_000)]];
        await Store.PutAsync("images/a", blobs[0], Cancellation);
        var writing = Task.Run(
            async () =>
            {
                for (var i = 0; i < 40; i++)
                    await Store.PutAsync("images/a", blobs[i % 2], Cancellation);
            },
            Cancellation);
        while (!writing.IsCompleted)
        {
            var seen = await Store.TryGetAsync("images/a", Cancellation);
            Assert.NotNull(seen);
            Assert.True(seen.AsSpan().SequenceEqual(blobs[seen[0] - 1]));
        }
        await writing;
    }

    [Fact]
    public async Task Put_ThatIsCancelled_LeavesTheBlobThatWasThere()
    {
        await Store.PutAsync("images/a", new byte[] { 1 }, Cancellation);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.PutAsync("images/a", new byte[] { 2 }, new CancellationToken(canceled: true)));

        Assert.Equal([1], await Store.TryGetAsync("images/a", Cancellation));
    }

    [Fact]
    public async Task Replace_OfWhatWasRead_StoresIt_AndOfWhatSomebodyChangedSince_DoesNot()
    {
        Assert.True(await Store.TryReplaceAsync("models/index", null, new byte[] { 1 }, Cancellation));
        Assert.False(await Store.TryReplaceAsync("models/index", null, new byte[] { 2 }, Cancellation));
        var read = (await Store.TryGetVersionAsync("models/index", Cancellation))!;
        Assert.Equal([1], read.Bytes);

        Assert.True(await Store.TryReplaceAsync("models/index", read.Version, new byte[] { 3 }, Cancellation));
        Assert.False(await Store.TryReplaceAsync("models/index", read.Version, new byte[] { 4 }, Cancellation));
        Assert.Equal([3], await Store.TryGetAsync("models/index", Cancellation));

        await Store.DeleteAsync("models/index", Cancellation);
        Assert.False(await Store.TryReplaceAsync("models/index", read.Version, new byte[] { 5 }, Cancellation));
        Assert.Null(await Store.TryGetAsync("models/index", Cancellation));
    }

    [Fact]
    public async Task Replace_ByWhatIsThereAlready_IsTrueForHimWhoseAnswerWasLost()
    {
        Assert.True(await Store.TryReplaceAsync("models/index", null, new byte[] { 1 }, Cancellation));
        Assert.True(await Store.TryReplaceAsync("models/index", null, new byte[] { 1 }, Cancellation));
    }

    [Fact]
    public async Task Replace_FromManySidesAtOnce_LosesNoChange()
    {
        const int writers = 4, changes = 10;
        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(
            async () =>
            {
                var store = Open(TimeProvider.System);
                for (var change = 0; change < changes;)
                {
                    var read = await store.TryGetVersionAsync("models/index", Cancellation);
                    if (await store.TryReplaceAsync("models/index", read?.Version, (byte[])[.. read?.Bytes ?? [], (byte)writer], Cancellation))
                        change++;
                }
            },
            Cancellation)));

        var all = (await Store.TryGetAsync("models/index", Cancellation))!;
        Assert.Equal(Enumerable.Repeat(changes, writers), Enumerable.Range(0, writers).Select(writer => all.Count(b => b == writer)));
    }

    [Fact]
    public async Task Open_RemovesPicturesOfQueriesThatNobodyWaitsForAnyMore_AndNothingElse()
    {
        var (query, picture) = (BlobKeys.Query(Guid.NewGuid()), "images/a");
        foreach (var key in new[] { query, picture })
            await Store.PutAsync(key, new byte[] { 1 }, Cancellation);

        Assert.NotNull(await Open(new LaterTime(TimeSpan.FromMinutes(50))).TryGetAsync(query, Cancellation));

        var later = Open(new LaterTime(TimeSpan.FromMinutes(70)));
        Assert.Null(await later.TryGetAsync(query, Cancellation));
        Assert.NotNull(await later.TryGetAsync(picture, Cancellation));
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
    public async Task AKey_ThatCouldLeaveTheStore_IsRefused(string key)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store.PutAsync(key, new byte[] { 1 }, Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.TryReplaceAsync(key, null, new byte[] { 1 }, Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.TryGetAsync(key, Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.TryGetVersionAsync(key, Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.DeleteAsync(key, Cancellation));
    }

    private sealed class LaterTime(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
