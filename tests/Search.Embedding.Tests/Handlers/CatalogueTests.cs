using Search.Contracts;
using Search.Contracts.Messages;
using Search.Hosting.Blobs;
using Search.Testing;

namespace Search.Embedding.Tests;

public sealed class CatalogueTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ImageAccepted_OfAPicture_IsAnsweredWithItsVector()
    {
        await using var service = await EmbeddingService.StartAsync(_folder);
        var photo = Photos.Jpeg(1);
        await service.AcceptAsync("ring-1", photo, number: 3);
        var embedded = await service.NextEmbeddedAsync();
        Assert.Equal(("ring-1", 3, 1L), (embedded.ItemId, embedded.ImageNumber, embedded.Revision));
        Assert.Equal(ContentHash.Of(photo), embedded.ContentHash);
        Assert.Equal(service.Model.Id, embedded.Model);
        Assert.Equal(1, embedded.Vector.Sum(x => x * x), 1e-5);

        var query = await service.AskAsync(new EmbedImage { Image = photo });
        Assert.Equal(embedded.Vector, query.Vector);
        Assert.Equal(embedded.PerceptualHash, query.PerceptualHash);
    }

    [Fact]
    public async Task ImageAccepted_OfStoredContent_NeedsNoInferenceEvenAfterARestart()
    {
        ImageEmbedded before;
        await using (var service = await EmbeddingService.StartAsync(_folder))
        {
            await service.AcceptAsync("ring-1", Photos.Jpeg(1));
            before = await service.NextEmbeddedAsync();
            Assert.Equal(1, service.Inferences);
        }
        await using var again = await EmbeddingService.StartAsync(_folder);
        await again.AcceptAsync("ring-2", Photos.Jpeg(1));
        Assert.Equal(before.Vector, (await again.NextEmbeddedAsync()).Vector);
        Assert.Equal(0, again.Inferences);
    }

    [Fact]
    public async Task ImageAccepted_OfTheSameContentManyTimesAtOnce_RunsTheModelOnce()
    {
        await using var service = await EmbeddingService.StartAsync(_folder, "--Embedding:CatalogueConcurrency=16");
        var photo = Photos.Jpeg(1);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => service.AcceptAsync($"ring-{i}", photo)));
        var items = new HashSet<string>();
        for (var i = 0; i < 40; i++)
            items.Add((await service.NextEmbeddedAsync()).ItemId);
        Assert.Equal(40, items.Count);
        Assert.Equal(1, service.Inferences);
    }

    [Fact]
    public async Task ImageAccepted_AfterItsContentWasReleased_RunsTheModelAgain()
    {
        await using var service = await EmbeddingService.StartAsync(_folder);
        var photo = Photos.Jpeg(1);
        await service.AcceptAsync("ring-1", photo);
        await service.NextEmbeddedAsync();
        await service.PublishAsync(new ContentReleased { ContentHash = ContentHash.Of(photo) });
        while (service.Stored(ContentHash.Of(photo)) is not null)
            await Task.Yield();
        await service.AcceptAsync("ring-1", photo);
        await service.NextEmbeddedAsync();
        Assert.Equal(2, service.Inferences);
    }

    [Fact]
    public async Task ImageAccepted_OfATruncatedPicture_IsAnsweredWithTheReasonAndTheNextGoesOn()
    {
        await using var service = await EmbeddingService.StartAsync(_folder);
        await service.AcceptAsync("broken", Photos.Jpeg(1)[..^200]);
        await service.AcceptAsync("text", "no picture"u8.ToArray());
        var failures = new[] { await service.NextFailedAsync(), await service.NextFailedAsync() }.ToDictionary(f => f.ItemId);
        Assert.Equal("image-truncated", failures["broken"].Type);
        Assert.Equal("image-unsupported-type", failures["text"].Type);
        Assert.NotEmpty(failures["text"].Reason);
        await service.AcceptAsync("ring-1", Photos.Jpeg(1));
        Assert.Equal("ring-1", (await service.NextEmbeddedAsync()).ItemId);
    }

    [Fact]
    public async Task ImageAccepted_OfAPictureThatIsNotInTheStore_IsAnsweredWithTheReason()
    {
        await using var service = await EmbeddingService.StartAsync(_folder);
        var hash = ContentHash.Of("never stored"u8);
        await service.PublishAsync(new ImageAccepted { ItemId = "ring-1", ImageNumber = 0, Revision = 1, ContentHash = hash, BlobKey = BlobKeys.Image(hash) });
        Assert.Equal("image-missing", (await service.NextFailedAsync()).Type);
    }

    [Fact]
    public async Task ImageAccepted_OfBytesThatAreNotThoseOfTheirName_RemembersNothingUnderThatName()
    {
        await using var service = await EmbeddingService.StartAsync(_folder);
        var hash = ContentHash.Of(Photos.Jpeg(1));
        await service.Get<IBlobStore>().PutAsync(BlobKeys.Image(hash), Photos.Jpeg(2), Stop);
        await service.PublishAsync(new ImageAccepted { ItemId = "ring-1", ImageNumber = 0, Revision = 1, ContentHash = hash, BlobKey = BlobKeys.Image(hash) });
        Assert.Equal("image-damaged", (await service.NextFailedAsync()).Type);
        Assert.Null(service.Stored(hash));
    }

    [Fact]
    public async Task ImageAccepted_AfterAQueryWithTheSamePicture_StoresTheQuerysVector()
    {
        await using var service = await EmbeddingService.StartAsync(_folder);
        var photo = Photos.Jpeg(1);
        await service.AskAsync(new EmbedImage { Image = photo });
        Assert.Null(service.Stored(ContentHash.Of(photo)));
        await service.AcceptAsync("ring-1", photo);
        await service.NextEmbeddedAsync();
        Assert.NotNull(service.Stored(ContentHash.Of(photo)));
        Assert.Equal(1, service.Inferences);
    }

    public void Dispose() => _folder.Dispose();
}
