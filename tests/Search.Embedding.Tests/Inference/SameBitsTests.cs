using Search.Testing;

namespace Search.Embedding.Tests;

/// <summary>The same request gives the same answer, bit for bit, whatever else runs.</summary>
public sealed class SameBitsTests : IDisposable
{
    private const int Pictures = 64;

    private readonly TemporaryFolder _models = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_OnTheCpuWithItsDefaults_GivesTheSameBitsAloneAndUnderLoad(bool real)
    {
        using var model = Load(real, new EmbeddingOptions { Runners = 4 });
        var alone = new List<float[]>();
        for (var i = 0; i < Pictures; i++)
            alone.Add(await EmbedAsync(model, i));
        var together = await Task.WhenAll(Enumerable.Range(0, Pictures).Select(i => EmbedAsync(model, i)));
        AssertSameBits(alone, together);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_InBatches_GivesEachPictureItsOwnVector(bool real)
    {
        using var single = Load(real, new EmbeddingOptions());
        using var batched = Load(real, new EmbeddingOptions { MaxBatchSize = 8, Runners = 1 });
        var alone = await Task.WhenAll(Enumerable.Range(0, Pictures).Select(i => EmbedAsync(single, i)));
        var together = await Task.WhenAll(Enumerable.Range(0, Pictures).Select(i => EmbedAsync(batched, i)));
        Assert.Equal(8, batched.MaxBatchSize);
        // Not the same bits: other kernels may serve other batch sizes. That is why the CPU's default batch is one.
        for (var i = 0; i < Pictures; i++)
            Assert.All(alone[i].Zip(together[i]), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    public void Dispose() => _models.Dispose();

    private EmbeddingModel Load(bool real, EmbeddingOptions options)
    {
        if (!real)
        {
            TinyModel.Publish(_models.Path);
            options.Model = TinyModel.Name;
            return Fixtures.Load(_models.Path, options);
        }
        Assert.SkipWhen(Fixtures.RealModels is null, "There is no trained model in models/ yet.");
        return Fixtures.LoadNamed(Fixtures.RealModels, options);
    }

    private static Task<float[]> EmbedAsync(EmbeddingModel model, int seed)
    {
        var input = model.RentInput();
        Fixtures.Fill(input, seed);
        return model.RunAsync(input, WorkLane.Query, Stop);
    }

    private static void AssertSameBits(List<float[]> expected, float[][] actual)
    {
        for (var i = 0; i < expected.Count; i++)
            Assert.Equal(expected[i].Select(BitConverter.SingleToInt32Bits), actual[i].Select(BitConverter.SingleToInt32Bits));
    }
}
