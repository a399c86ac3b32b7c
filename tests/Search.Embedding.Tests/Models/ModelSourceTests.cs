using Search.Models;
using Search.Registry;
using Search.Testing;
using Search.Testing.Onnx;

namespace Search.Embedding.Tests;

public sealed class ModelSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Cache => _folder["data/embedding/models"];

    [Fact]
    public async Task Start_OverAnEmptyRegistry_PublishesTheConfiguredModelAndMakesItProduction()
    {
        await using var service = await EmbeddingService.StartAsync(_folder);
        var index = await service.Get<ModelRegistry>().ReadAsync(Stop);
        Assert.Equal(service.Model.Id, Assert.Single(index.Versions).Id);
        Assert.Equal(service.Model.Id, index.Current(ModelAliases.Production)!.Model);
    }

    [Fact]
    public async Task Start_WithAConfiguredModelThatGivesNoUnitVectors_MakesNothingProduction()
    {
        TinyModel.Publish(_folder["models"], onnx: TinyOnnx.Create(unit: false));
        await Assert.ThrowsAsync<InvalidModelException>(() => EmbeddingService.StartAsync(_folder));
        TinyModel.Publish(_folder["models"]);
        await using var service = await EmbeddingService.StartAsync(_folder);
        Assert.Single((await service.Get<ModelRegistry>().ReadAsync(Stop)).Versions);
    }

    [Fact]
    public async Task Start_WithAnotherConfiguredModelThanProduction_ServesProductionAndOffersTheOther()
    {
        var first = TinyModel.Publish(_folder["models"]).Id;
        await using (await EmbeddingService.StartAsync(_folder))
        {
        }
        var second = TinyModel.Publish(_folder["models"], card => card with { Version = "2.0.0" }, TinyOnnx.Create(seed: 8)).Id;
        await using var service = await EmbeddingService.StartAsync(_folder);
        Assert.Equal(first, service.Model.Id);
        Assert.Equal([first, second], (await service.Get<ModelRegistry>().ReadAsync(Stop)).Versions.Select(v => v.Id));
    }

    [Fact]
    public async Task Start_WithoutTheConfiguredModel_ServesProductionAllTheSame()
    {
        await using (await EmbeddingService.StartAsync(_folder))
        {
        }
        Directory.Delete(_folder["models/" + TinyModel.Name], recursive: true);
        await using var service = await EmbeddingService.StartAsync(_folder);
        Assert.Equal(TinyModel.Name, service.Model.Card.Name);
    }

    [Fact]
    public async Task Start_WithAFlippedBitInTheCache_FetchesTheModelAgain()
    {
        await using (await EmbeddingService.StartAsync(_folder))
        {
        }
        await using (await EmbeddingService.StartAsync(_folder))
        {
        }
        var file = Path.Combine(Directory.GetDirectories(Cache).Single(), "model.onnx");
        var bytes = await File.ReadAllBytesAsync(file, Stop);
        bytes[^100] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, Stop);
        await using var service = await EmbeddingService.StartAsync(_folder);
        bytes[^100] ^= 1;
        Assert.Equal(bytes, await File.ReadAllBytesAsync(file, Stop));
    }

    public void Dispose() => _folder.Dispose();
}
