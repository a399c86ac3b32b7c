using Search.Contracts;
using Search.Contracts.Messages;
using Search.Hosting.Blobs;
using Search.Hosting.Messaging;
using Search.Testing;
using Search.Testing.Images;

namespace Search.Embedding.Tests;

public sealed class QueryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<byte[], int, string> Rejected => new()
    {
        { "no picture"u8.ToArray(), 415, "image-unsupported-type" },
        { Array.Empty<byte>(), 400, "image-unreadable" },
        { Photos.Jpeg(1)[..^200], 400, "image-truncated" },
        { JpegFile.WithClaimedSize(Photos.Jpeg(1), 50_000, 50_000), 422, "image-too-many-pixels" },
        { new byte[200_001], 413, "image-too-large" },
    };

    [Fact]
    public async Task EmbedImage_InlineAndByClaimCheck_GiveTheSameVector()
    {
        await using var service = await EmbeddingService.StartAsync(_folder);
        var photo = Photos.Jpeg(1);
        var key = BlobKeys.Query(Guid.NewGuid());
        await service.Get<IBlobStore>().PutAsync(key, photo, Stop);
        var inline = await service.AskAsync(new EmbedImage { Image = photo });
        var byKey = await service.AskAsync(new EmbedImage { BlobKey = key });
        Assert.Equal(inline.Vector, byKey.Vector);
        Assert.True(inline.DecodeMs > 0 && inline.EmbedMs > 0);
        Assert.Equal(1, service.Inferences);
    }

    [Fact]
    public async Task EmbedImage_Answered_GivesAVectorThatTheCallerMayChange()
    {
        await using var service = await EmbeddingService.StartAsync(_folder);
        var first = (await service.AskAsync(new EmbedImage { Image = Photos.Jpeg(1) })).Vector;
        var kept = first.ToArray();
        first.AsSpan().Clear();
        Assert.Equal(kept, (await service.AskAsync(new EmbedImage { Image = Photos.Jpeg(1) })).Vector);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EmbedImage_OfAPictureInEachExifOrientation_GivesAlikeVectors(bool real)
    {
        Assert.SkipWhen(real && Fixtures.RealModels is null, "There is no trained model in models/ yet.");
        await using var service = await EmbeddingService.StartAsync(
            _folder, real ? [$"--Embedding:Models={Fixtures.RealModels}", $"--Embedding:Model={new EmbeddingOptions().Model}"] : []);
        var scene = RgbPicture.Scene(480, 320);
        var vectors = new List<float[]>();
        for (var orientation = 1; orientation <= 8; orientation++)
        {
            var stored = JpegFile.WithOrientation(JpegFile.Rgb(scene.StoredAs(orientation)), orientation);
            vectors.Add((await service.AskAsync(new EmbedImage { Image = stored })).Vector);
        }
        Assert.All(vectors, v => Assert.InRange(Cosine(vectors[0], v), 0.99, 1.0001));
        // The judge must be able to tell: the same pixels without their orientation are another picture.
        var turned = await service.AskAsync(new EmbedImage { Image = JpegFile.Rgb(scene.StoredAs(5)) });
        Assert.True(Cosine(vectors[0], turned.Vector) < vectors.Min(v => Cosine(vectors[0], v)));
    }

    [Theory]
    [MemberData(nameof(Rejected))]
    public async Task EmbedImage_OfWhatIsNoPicture_AnswersAProblemThatSaysWhatToDo(byte[] bytes, int status, string type)
    {
        await using var service = await EmbeddingService.StartAsync(_folder, "--Embedding:MaxImageBytes=200000");
        var problem = (await Assert.ThrowsAsync<ServiceProblemException>(() => service.AskAsync(new EmbedImage { Image = bytes }))).Problem;
        Assert.Equal((status, type), (problem.Status, problem.Type));
        Assert.NotEmpty(problem.Detail);
    }

    [Fact]
    public async Task EmbedImage_WithoutAPictureOrWithABadKey_IsRefused()
    {
        await using var service = await EmbeddingService.StartAsync(_folder);
        Assert.Equal(400, await StatusOf(service, new EmbedImage()));
        Assert.Equal(400, await StatusOf(service, new EmbedImage { Image = Photos.Jpeg(1), BlobKey = "queries/a" }));
        Assert.Equal(400, await StatusOf(service, new EmbedImage { BlobKey = "../../etc/passwd" }));
        Assert.Equal(404, await StatusOf(service, new EmbedImage { BlobKey = "queries/gone" }));
    }

    [Fact]
    public async Task EmbedImage_ByManyAtOnce_GivesEachTheBitsItGetsAlone()
    {
        await using var service = await EmbeddingService.StartAsync(_folder, "--Embedding:RecentQueries=0");
        var photos = Enumerable.Range(0, 60).Select(Photos.Jpeg).ToList();
        var alone = new List<float[]>();
        foreach (var photo in photos)
            alone.Add((await service.AskAsync(new EmbedImage { Image = photo })).Vector);
        var together = await Task.WhenAll(photos.Select(photo => service.AskAsync(new EmbedImage { Image = photo })));
        Assert.Equal(alone, together.Select(t => t.Vector));
        Assert.Equal(120, service.Inferences);
    }

    [Fact]
    public async Task GetActiveModel_SaysWhatServes()
    {
        await using var service = await EmbeddingService.StartAsync(_folder);
        var active = await service.Get<IQueryBus>().AskAsync<GetActiveModel, ActiveModel>(new GetActiveModel(), TimeSpan.FromSeconds(10), Stop);
        Assert.Equal((service.Model.Id, 16, TinyModel.Preprocessing.Fingerprint, "cpu"), (active.Model, active.Dimension, active.Preprocessing, active.ExecutionProvider));
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<int> StatusOf(EmbeddingService service, EmbedImage request) =>
        (await Assert.ThrowsAsync<ServiceProblemException>(() => service.AskAsync(request))).Problem.Status;

    private static double Cosine(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();
}
