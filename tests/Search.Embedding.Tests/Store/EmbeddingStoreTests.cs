using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Search.Contracts;
using Search.Hosting;
using Search.Testing;

namespace Search.Embedding.Tests;

public sealed class EmbeddingStoreTests : IDisposable
{
    private static readonly EmbeddingModelId s_model = new("tiny@1.0.0+0123456789abcdef");
    private static readonly EmbeddingModelId s_otherModel = new("tiny@1.0.0+fedcba9876543210");
    private static readonly StoredEmbedding s_content = new([1.5f, -0f, float.Epsilon], ulong.MaxValue - 1);

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TryGet_AfterRestart_ReturnsTheSameBits()
    {
        await using (var store = Open())
            await store.AddAsync("a", s_model, s_content, Stop);
        await using var again = Open();
        var found = again.TryGet("a", s_model, 3);
        Assert.NotNull(found);
        Assert.Equal(s_content.PerceptualHash, found.PerceptualHash);
        Assert.Equal(s_content.Vector.Select(BitConverter.SingleToInt32Bits), found.Vector.Select(BitConverter.SingleToInt32Bits));
    }

    [Fact]
    public async Task TryGet_OfAnotherModel_FindsNothing()
    {
        await using var store = Open();
        await store.AddAsync("a", s_model, s_content, Stop);
        Assert.Null(store.TryGet("a", s_otherModel, 3));
        Assert.Null(store.TryGet("b", s_model, 3));
    }

    [Fact]
    public async Task Add_OfContentThatIsThere_KeepsTheFirst()
    {
        await using var store = Open();
        await store.AddAsync("a", s_model, s_content, Stop);
        await store.AddAsync("a", s_model, new StoredEmbedding([0, 0, 0], 0), Stop);
        Assert.Equal(s_content.PerceptualHash, store.TryGet("a", s_model, 3)!.PerceptualHash);
    }

    [Fact]
    public async Task Add_ByManyAtOnce_StoresEveryOne()
    {
        await using (var store = Open())
            await Task.WhenAll(Enumerable.Range(0, 2000).Select(i => store.AddAsync($"{i}", s_model, new StoredEmbedding([i], (ulong)i), Stop)));
        await using var again = Open();
        Assert.All(Enumerable.Range(0, 2000), i => Assert.Equal([i], again.TryGet($"{i}", s_model, 1)!.Vector));
    }

    [Fact]
    public async Task Forget_OfAContent_RemovesItUnderEveryModel()
    {
        await using var store = Open();
        await store.AddAsync("a", s_model, s_content, Stop);
        await store.AddAsync("a", s_otherModel, s_content, Stop);
        await store.AddAsync("b", s_model, s_content, Stop);
        await store.ForgetAsync("a", Stop);
        Assert.Null(store.TryGet("a", s_model, 3));
        Assert.Null(store.TryGet("a", s_otherModel, 3));
        Assert.NotNull(store.TryGet("b", s_model, 3));
    }

    [Fact]
    public async Task ForgetModels_RemovesWhatTheyMade_OverManyCommits_AndNothingElse()
    {
        await using var store = Open();
        await Task.WhenAll(Enumerable.Range(0, 2_500).SelectMany(i => new[] { s_model, s_otherModel }.Select(model => store.AddAsync($"{i}", model, s_content, Stop))));
        Assert.Equal(2_500, await store.ForgetModelsAsync([s_otherModel], Stop));
        Assert.All(Enumerable.Range(0, 2_500), i => Assert.NotNull(store.TryGet($"{i}", s_model, 3)));
        Assert.All(Enumerable.Range(0, 2_500), i => Assert.Null(store.TryGet($"{i}", s_otherModel, 3)));
        Assert.Equal(0, await store.ForgetModelsAsync([s_otherModel], Stop));
        Assert.Equal(2_500, await store.ForgetModelsAsync([s_otherModel, s_model], Stop));
        Assert.Equal(0, await store.ForgetModelsAsync([s_model], Stop));
    }

    [Fact]
    public async Task TryGet_OfADamagedVector_SaysSoInsteadOfServingIt()
    {
        await using var store = Open();
        await store.AddAsync("a", s_model, s_content, Stop);
        Assert.Throws<InvalidDataException>(() => store.TryGet("a", s_model, 4));
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    private EmbeddingStore Open() => new(new DataDirectory(new ConfigurationBuilder().AddInMemoryCollection([new("Data:Directory", _folder.Path)]).Build()));
}
