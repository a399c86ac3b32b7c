using Search.Contracts;
using Search.EndToEnd.Tests.Fixtures;
using Search.Testing;
using Search.Testing.Images;

namespace Search.EndToEnd.Tests.Pipeline;

/// <summary>Candidates before the gate, over every service in one process and on its default settings: from being named to answering searches, or not.</summary>
public sealed class GateTests : IAsyncLifetime
{
    private const int ItemsACategory = 16;

    private readonly TemporaryFolder _folder = new();
    private ServiceProcess _service = null!;
    private EmbeddingModelId _first;

    public async ValueTask InitializeAsync()
    {
        _first = TinyModels.Write(_folder["models"], version: 1);
        _service = await Standalone.StartAsync(
            _folder["data"], null, "--Embedding:Models", _folder["models"], "--Embedding:Model", TinyModels.Name, "--Indexing:ReembedPerSecond", "1000");
        for (var i = 0; i < ItemsACategory; i++)
        {
            // Dark pieces and bright ones, each in two photos that differ little.
            await PutAsync("earrings", i, 20);
            await PutAsync("watches", i, 170);
        }
        await Wait.UntilAsync(async () => await _service.CountAsync("indexed") == 2 * ItemsACategory);
    }

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
            await _service.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task ACandidateAsGoodAsProduction_IsFilledJudgedAndPromoted_InOneCallEach()
    {
        var next = await CandidateAsync(version: 2, seed: 1, dimension: 16);
        var (status, body) = await _service.PostChangeAsync("promote", next);
        Assert.True(status == 200, body.ToJsonString());
        Assert.True((bool)body["models"]!.AsArray().Single(model => (string)model!["id"]! == next.Value)!["active"]!);
        var verdict = Assert.Single((await _service.GetAsync($"/v1/models/gate?model={Uri.EscapeDataString(next.Value)}"))["verdicts"]!.AsArray())!;
        Assert.Equal(("passed", _first.Value, 2 * ItemsACategory), ((string)verdict["outcome"]!, (string)verdict["production"]!, (int)verdict["items"]!));
        Assert.Equal(["category mAP", "piece R@1"], verdict["figures"]!.AsArray().Select(figure => (string)figure!["metric"]!));
        Assert.All(verdict["figures"]!.AsArray(), figure => Assert.Equal((2 * ItemsACategory, 0.0), ((int)figure!["queries"]!, (double)figure["gain"]!)));
    }

    [Fact]
    public async Task AWorseCandidate_IsRefusedWithItsFigures_UnlessForcedWithAReason()
    {
        // Two components: pieces that are told apart by sixteen look alike.
        var worse = await CandidateAsync(version: 2, seed: 2, dimension: 2);
        var (status, refusal) = await _service.PostChangeAsync("promote", worse);
        Assert.True(status == 409, refusal.ToJsonString());
        Assert.Equal("urn:search:problem:not-admitted", (string)refusal["type"]!);
        Assert.Contains("piece R@1 is ", (string)refusal["detail"]!, StringComparison.Ordinal);
        Assert.Contains("force", (string)refusal["detail"]!, StringComparison.Ordinal);

        Assert.Equal(400, (await _service.PostChangeAsync("promote", worse, force: true, reason: "")).Status);
        Assert.Equal(_first.Value, await ActiveAsync());
        Assert.Equal(200, (await _service.PostChangeAsync("promote", worse, force: true)).Status);
        Assert.Equal(worse.Value, await ActiveAsync());
        Assert.Equal(200, (await _service.PostChangeAsync("rollback", null)).Status);
        Assert.Equal(_first.Value, await ActiveAsync());
    }

    [Fact]
    public async Task AModelThatIsReleased_OrPushedOut_LosesItsCollection_AndIsFilledAnewWhenItIsWantedAgain()
    {
        var second = await CandidateAsync(version: 2, seed: 1, dimension: 16);
        Assert.Equal(200, (await _service.PostChangeAsync("promote", second)).Status);
        Assert.Equal(409, (await _service.PostChangeAsync("release", second)).Status);
        var third = await CandidateAsync(version: 3, seed: 1, dimension: 16);
        Assert.Equal(200, (await _service.PostChangeAsync("promote", third)).Status);
        // The first was previous until now.
        await OnlyCollectionsOfAsync(second, third);
        Assert.Equal(200, (await _service.PostChangeAsync("release", null)).Status);
        await OnlyCollectionsOfAsync(third);
        Assert.Equal(200, (await _service.PostChangeAsync("release", null)).Status);
        Assert.Equal(409, (await _service.PostChangeAsync("rollback", null)).Status);
        Assert.Equal(["published", "released", "released"], (await _service.ModelsAsync())
            .Select(model => (bool)model!["released"]! ? "released" : "published").Order(StringComparer.Ordinal));
        Assert.Equal(200, (await _service.SearchAsync(Picture(1, 20, 0))).Status);

        var again = await CandidateAsync(version: 2, seed: 1, dimension: 16);
        Assert.Equal(second, again);
        await OnlyCollectionsOfAsync(second, third);
        // Refused until the catalogue has heard that the collection was dropped, and has filled it again.
        await Wait.UntilAsync(async () => (await _service.PostChangeAsync("promote", second)).Status == 200);
        Assert.Equal(10, (await _service.SearchAsync(Picture(1, 20, 0), ("k", "10"))).Body.ItemIds().Count);
    }

    [Fact]
    public async Task CommandLine_ShowsTheGatesTable()
    {
        await CandidateAsync(version: 2, seed: 1, dimension: 16);
        var (status, output) = await CommandLine.RunAsync("promote", "candidate", "--url", _service.Address.ToString());
        Assert.True(status == 0, output);
        Assert.Contains("category mAP", output, StringComparison.Ordinal);
        Assert.Contains("The gate: passed", output, StringComparison.Ordinal);
    }

    private async Task<EmbeddingModelId> CandidateAsync(int version, int seed, int dimension)
    {
        var id = TinyModels.Write(_folder["next"], version, seed, dimension);
        await TinyModels.PublishAsync(_folder["next"], _folder["data"]);
        await _service.FillCandidateAsync(id, 4 * ItemsACategory);
        return id;
    }

    private Task OnlyCollectionsOfAsync(params EmbeddingModelId[] models) => Wait.UntilAsync(async () =>
        (await _service.CollectionsAsync()).Select(collection => (string)collection!["model"]!).Order(StringComparer.Ordinal)
            .SequenceEqual(models.Select(model => model.Value).Order(StringComparer.Ordinal)));

    private async Task<string> ActiveAsync() => (string)(await _service.ModelsAsync()).Single(model => (bool)model!["active"]!)!["id"]!;

    private async Task PutAsync(string category, int number, int brightness)
    {
        var (status, body) = await _service.PutItemAsync(
            $"{category}-{number:00}", $$"""{"title":"Piece","category":"{{category}}"}""", Picture(number, brightness, 0), Picture(number, brightness, 6));
        Assert.True(status == 202, body.ToJsonString());
    }

    /// <summary>Nine patches of shades of its own on an even ground, and a little brighter in its second photo.</summary>
    private static byte[] Picture(int number, int brightness, int light)
    {
        var picture = RgbPicture.Scene(96, 96);
        var random = new Random((number * 1_000) + brightness);
        var shades = Enumerable.Range(0, 27).Select(_ => random.Next(60)).ToArray();
        for (var y = 0; y < 96; y++)
        {
            for (var x = 0; x < 96; x++)
            {
                for (var channel = 0; channel < 3; channel++)
                    picture.Rgb[(((y * 96) + x) * 3) + channel] = (byte)(brightness + light + shades[(((y / 32) * 3) + (x / 32)) * 3 + channel]);
            }
        }
        return JpegFile.Rgb(picture);
    }
}
