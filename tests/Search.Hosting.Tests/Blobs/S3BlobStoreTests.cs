using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Search.Hosting.Blobs;
using Search.Testing;

namespace Search.Hosting.Tests.Blobs;

/// <summary>Over a real server; each test has a prefix of its own in its bucket.</summary>
public sealed class S3BlobStoreTests(S3Server server) : BlobStoreContract, IClassFixture<S3Server>, IDisposable
{
    private readonly List<S3BlobStore> _stores = [];
    private readonly string _prefix = $"tests/{Guid.NewGuid():n}";

    public void Dispose() => _stores.ForEach(store => store.Dispose());

    private protected override IBlobStore Open(TimeProvider time)
    {
        var store = Make(Options(_prefix), time);
        store.OpenAsync(Cancellation).GetAwaiter().GetResult();
        return store;
    }

    [Fact]
    public async Task Blobs_OfAnotherPrefix_AreAnotherStores()
    {
        var other = Make(Options(_prefix + "-other"), TimeProvider.System);
        await Store.PutAsync("images/a", new byte[] { 1 }, Cancellation);

        Assert.Null(await other.TryGetAsync("images/a", Cancellation));
        await other.DeleteAsync("images/a", Cancellation);
        Assert.NotNull(await Store.TryGetAsync("images/a", Cancellation));
    }

    [Fact]
    public async Task Service_OnABucket_KeepsItsBlobsThere()
    {
        await using var app = await StartAsync(Options(_prefix));
        await app.Services.GetRequiredService<IBlobStore>().PutAsync("images/a", new byte[] { 7 }, Cancellation);

        Assert.Equal([7], await Store.TryGetAsync("images/a", Cancellation));
        await app.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Start_OnABucketThatIsMissing_SaysSo()
    {
        var options = Options(_prefix);
        options.Bucket = "no-such-bucket";
        var error = await Assert.ThrowsAsync<BlobStoreException>(() => StartAsync(options));
        Assert.Contains($"bucket 'no-such-bucket' at {server.Endpoint}, can't be used: NoSuchBucket", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithAWrongSecret_SaysSoAndDoesNotTellIt()
    {
        var options = Options(_prefix);
        options.SecretKey = "wrong-and-private";
        var error = await Assert.ThrowsAsync<BlobStoreException>(() => StartAsync(options));
        Assert.Contains("can't be used: SignatureDoesNotMatch", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-and-private", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AStore_ThatCannotBeReached_SaysSo()
    {
        var options = Options(_prefix);
        options.Endpoint = $"http://127.0.0.1:{FreePort.Next()}";
        var store = Make(options, TimeProvider.System);
        var error = await Assert.ThrowsAsync<BlobStoreException>(() => store.PutAsync("images/a", new byte[] { 1 }, Cancellation));
        Assert.Contains("refused", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<BlobStoreException>(() => store.TryGetAsync("images/a", Cancellation));
        await Assert.ThrowsAsync<BlobStoreException>(() => store.DeleteAsync("images/a", Cancellation));
    }

    [Fact]
    public async Task ABucket_ThatIsMissing_IsNoMissingBlob()
    {
        var options = Options(_prefix);
        options.Bucket = "no-such-bucket";
        await Assert.ThrowsAsync<BlobStoreException>(() => Make(options, TimeProvider.System).TryGetAsync("images/a", Cancellation));
    }

    private S3BlobOptions Options(string prefix)
    {
        if (server.WhyNot is { } reason)
            Assert.Skip(reason);
        return new S3BlobOptions { Bucket = S3Server.Bucket, Endpoint = server.Endpoint, Prefix = prefix, AccessKey = S3Server.AccessKey, SecretKey = S3Server.SecretKey };
    }

    private S3BlobStore Make(S3BlobOptions options, TimeProvider time)
    {
        var store = new S3BlobStore(options, time);
        _stores.Add(store);
        return store;
    }

    private static async Task<WebApplication> StartAsync(S3BlobOptions options)
    {
        using var folder = new TemporaryFolder();
        var builder = ServiceHost.CreateBuilder("test", ["--urls", "http://127.0.0.1:0", "--Data:Directory", folder.Path]);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Blobs:Store"] = "S3",
            ["Blobs:S3:Bucket"] = options.Bucket,
            ["Blobs:S3:Endpoint"] = options.Endpoint,
            ["Blobs:S3:Prefix"] = options.Prefix,
            ["Blobs:S3:AccessKey"] = options.AccessKey,
            ["Blobs:S3:SecretKey"] = options.SecretKey,
        });
        builder.Services.AddBlobStore();
        var app = ServiceHost.Build(builder);
        try
        {
            await app.StartAsync(Cancellation);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }
}
