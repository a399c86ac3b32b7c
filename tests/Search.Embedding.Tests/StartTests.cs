using Microsoft.Extensions.Options;
using Search.Models;
using Search.Testing;
using Search.Testing.Onnx;

namespace Search.Embedding.Tests;

public sealed class StartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Start_WithSeveralWrongOptions_NamesThemAllTogether()
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => EmbeddingService.StartAsync(
            _folder, "--Embedding:ExecutionProvider=abacus", "--Embedding:QueueCapacity=0", "--Embedding:Model=../secret", "--Embedding:BatchDeadlineMs=-1"));
        Assert.Equal(4, error.Failures.Count());
        Assert.Contains("abacus", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithAModelThatIsNotTheOneOnItsCard_Stops()
    {
        TinyModel.Publish(_folder["models"], card => card with { File = card.File with { Sha256 = new string('0', 64) } });
        await Assert.ThrowsAsync<InvalidModelException>(() => EmbeddingService.StartAsync(_folder));
    }

    [Fact]
    public async Task Start_WithAModelThatGivesNoUnitVectors_Stops()
    {
        TinyModel.Publish(_folder["models"], onnx: TinyOnnx.Create(unit: false));
        await Assert.ThrowsAsync<InvalidModelException>(() => EmbeddingService.StartAsync(_folder));
    }

    [Fact]
    public async Task Start_WithAModelInPlace_IsReadyAndTheModelWarm()
    {
        await using var service = await EmbeddingService.StartAsync(_folder, "--Embedding:Runners=3");
        Assert.Equal(3, service.Model.PicturesEmbedded);
        using var ready = await service.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        Assert.True(ready.IsSuccessStatusCode);
    }

    public void Dispose() => _folder.Dispose();
}
