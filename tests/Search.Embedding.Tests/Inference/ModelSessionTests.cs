using Search.Models;
using Search.Testing;
using Search.Testing.Onnx;

namespace Search.Embedding.Tests;

public sealed class ModelSessionTests : IDisposable
{
    private readonly TemporaryFolder _models = new();

    public static TheoryData<string, Func<ModelCard, ModelCard>> WrongCards => new()
    {
        { "'picture'", card => card with { Input = "picture" } },
        { "'vector'", card => card with { Output = "vector" } },
        { "[1, 24]", card => card with { Dimension = 24 } },
        { "[1, 3, 64, 32]", card => card with { Preprocessing = TinyModel.Json(TinyModel.Preprocessing with { Height = 64 }) } },
    };

    [Theory]
    [MemberData(nameof(WrongCards))]
    public void Load_WhenTheGraphIsNotTheOneOnTheCard_IsRefusedWithBoth(string named, Func<ModelCard, ModelCard> change)
    {
        TinyModel.Publish(_models.Path, change);
        Assert.Contains(named, Assert.Throws<InvalidModelException>(() => Fixtures.Load(_models.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OfAFileThatIsNoModel_IsRefused()
    {
        TinyModel.Publish(_models.Path, onnx: "not a model"u8.ToArray());
        Assert.Contains("ONNX Runtime can't run", Assert.Throws<InvalidModelException>(() => Fixtures.Load(_models.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OfAModelWhoseVectorsHaveAnotherLength_IsRefused()
    {
        TinyModel.Publish(_models.Path, onnx: TinyOnnx.Create(unit: false));
        using var model = Fixtures.Load(_models.Path);
        var input = model.RentInput();
        Fixtures.Fill(input, 1);
        await Assert.ThrowsAsync<InvalidModelException>(() => model.RunAsync(input, WorkLane.Query, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Load_OnAProviderThatIsMissing_FallsBackToTheCpuAndSaysWhatIsMissing()
    {
        TinyModel.Publish(_models.Path);
        var log = new ListLogger<ModelSessionFactory>();
        using var model = Fixtures.Load(_models.Path, new EmbeddingOptions { ExecutionProvider = Missing() }, log);
        Assert.Equal("cpu", model.Provider.Name);
        Assert.Equal(1, model.MaxBatchSize);
        var warning = Assert.Single(log.Warnings);
        Assert.Contains("falls back to cpu", warning, StringComparison.Ordinal);
        Assert.Contains("OnnxRuntimeFlavor=gpu", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OnAProviderThatIsMissingWithoutFallback_RefusesAndSaysWhatIsMissing()
    {
        TinyModel.Publish(_models.Path);
        var options = new EmbeddingOptions { ExecutionProvider = Missing(), Fallback = ProviderFallback.Deny };
        var error = Assert.Throws<InvalidModelException>(() => Fixtures.Load(_models.Path, options));
        Assert.Contains(options.ExecutionProvider, error.Message, StringComparison.Ordinal);
        Assert.Contains("OnnxRuntimeFlavor=gpu", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _models.Dispose();

    private static string Missing()
    {
        var available = Microsoft.ML.OnnxRuntime.OrtEnv.Instance().GetAvailableProviders();
        var missing = ExecutionProviders.ByName.Values.FirstOrDefault(p => !available.Contains(p.RuntimeName));
        if (missing is null)
            Assert.Skip("This build has every execution provider.");
        return missing.Name;
    }
}
