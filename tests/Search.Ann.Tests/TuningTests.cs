using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Search.Ann.Collections;
using Search.Ann.Local;
using Search.Contracts;
using Search.Testing;
using Search.Testing.Vectors;

namespace Search.Ann.Tests;

public sealed class TuningTests : IDisposable
{
    private static readonly EmbeddingModelId _model = EmbeddingModelId.Create("service", "1.0.0", "00112233aabbccdd");
    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task ALargeCollection_IsTunedForTheTarget_AndSaysWhatItIsAndFinds()
    {
        await using (var first = await StartAsync("0"))
        {
            var collection = await FilledAsync(first);
            await Wait.UntilAsync(() => ((IIndexedCollection)collection).Indexes.Sum(index => index.Name == "exact" ? 0 : index.Count) == 3_000);
            var untuned = await GetAsync(first, "indexes");
            Assert.All(untuned.EnumerateArray(), one => Assert.Equal(JsonValueKind.Null, one.GetProperty("effort").ValueKind));
        }
        // The keeper looks at once when the service starts.
        await using var service = await StartAsync("0.9");
        await Wait.UntilAsync(async () => (await GetAsync(service, "indexes")).EnumerateArray().Last().GetProperty("effort").ValueKind != JsonValueKind.Null);
        // The first hundred, which were searched exactly, are a segment of their own.
        var described = (await GetAsync(service, "indexes")).EnumerateArray().Last();
        Assert.Equal(2_900, described.GetProperty("index").GetProperty("count").GetInt32());
        Assert.True(described.GetProperty("index").GetProperty("memory").GetProperty("total").GetInt64() > 2_900 * 32 * sizeof(float));
        var effort = described.GetProperty("effort").GetProperty("effort").GetInt32();
        // Half the default of the graph suffices for so little.
        Assert.InRange(effort, 20, 127);
        Assert.Equal($"{effort}", described.GetProperty("index").GetProperty("options").GetProperty("EfSearch").GetString());

        var recall = (await GetAsync(service, "recall?k=20&queries=100")).EnumerateArray().Last().GetProperty("recall");
        Assert.InRange(recall.GetProperty("recall").GetDouble(), 0.88, 1);
        Assert.Equal(100, recall.GetProperty("queries").GetInt32());
    }

    [Fact]
    public async Task ARestartedService_SearchesAtTheEffortsChosenBefore_WithoutMeasuringAgain()
    {
        await using (var first = await StartAsync("0.9"))
            await FilledAsync(first);
        await using (var second = await StartAsync("0.9"))
            await TunedAsync(second);

        // Another than any measurement would give: what the next process has, it has from here.
        var file = Path.Combine(_data["ann"], _model.Value, "efforts");
        var head = new JournalHead(_model, 32, 0);
        var kept = Assert.Single(EffortFile.Load(file, head), effort => effort.Chosen.Count == 2_900);
        var marked = kept with { Chosen = kept.Chosen with { Effort = kept.Chosen.Effort with { Effort = 321 } } };
        EffortFile.Save(file, head, [marked]);
        await using (var third = await StartAsync("0.9"))
            Assert.Equal(321, (await TunedAsync(third)).GetProperty("effort").GetProperty("effort").GetInt32());

        // For another target, of another number of vectors, or damaged, it is measured again: as it was at first.
        EffortFile.Save(file, head, [marked with { Chosen = marked.Chosen with { Count = 1_450 } }]);
        await using (var fourth = await StartAsync("0.9"))
            Assert.Equal(kept.Chosen.Effort.Effort, (await TunedAsync(fourth)).GetProperty("effort").GetProperty("effort").GetInt32());
        EffortFile.Save(file, head, [marked]);
        await using (var fifth = await StartAsync("0.95"))
            Assert.InRange((await TunedAsync(fifth)).GetProperty("effort").GetProperty("effort").GetInt32(), 20, 320);
        EffortFile.Save(file, head, [marked]);
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        bytes[^9] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
        await using (var sixth = await StartAsync("0.9"))
            Assert.Equal(kept.Chosen.Effort.Effort, (await TunedAsync(sixth)).GetProperty("effort").GetProperty("effort").GetInt32());
        // And kept again.
        Assert.Equal(kept.Chosen.Effort.Effort, Assert.Single(EffortFile.Load(file, head), effort => effort.Chosen.Count == 2_900).Chosen.Effort.Effort);
    }

    [Theory]
    [InlineData("/ann/collections/nothing@1.0.0+00112233aabbccdd/indexes", HttpStatusCode.NotFound)]
    [InlineData("/ann/collections/nothing@1.0.0+00112233aabbccdd/recall", HttpStatusCode.NotFound)]
    [InlineData("/ann/collections/..%2F..%2Fetc/indexes", HttpStatusCode.NotFound)]
    [InlineData("/ann/collections/nothing@1.0.0+00112233aabbccdd/recall?k=0", HttpStatusCode.BadRequest)]
    [InlineData("/ann/collections/nothing@1.0.0+00112233aabbccdd/recall?queries=1000000", HttpStatusCode.BadRequest)]
    public async Task BadRequests_HaveTheirAnswers(string path, HttpStatusCode expected)
    {
        await using var service = await StartAsync("0.98");
        var response = await service.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(expected, response.StatusCode);
    }

    /// <summary>The large segment, once it has an effort.</summary>
    private static async Task<JsonElement> TunedAsync(AnnServiceFixture service)
    {
        await Wait.UntilAsync(async () => (await GetAsync(service, "indexes")).EnumerateArray().Last().GetProperty("effort").ValueKind != JsonValueKind.Null);
        var described = (await GetAsync(service, "indexes")).EnumerateArray().Last();
        Assert.Equal($"{described.GetProperty("effort").GetProperty("effort").GetInt32()}", described.GetProperty("index").GetProperty("options").GetProperty("EfSearch").GetString());
        return described;
    }

    private Task<AnnServiceFixture> StartAsync(string target) =>
        AnnServiceFixture.StartAsync(_data.Path, "--Ann:TargetRecall", target, "--Ann:ExactUpTo", "100");

    private static Task<IVectorCollection> FilledAsync(AnnServiceFixture service) =>
        service.UpsertAsync(_model, [.. new RandomVectors(1).Clustered(3_000, 32, clusters: 40).Select((vector, i) => new VectorEntry($"item{i}/0", 1, vector))]);

    private static async Task<JsonElement> GetAsync(AnnServiceFixture service, string what) =>
        await service.Http.GetFromJsonAsync<JsonElement>(new Uri($"/ann/collections/{Uri.EscapeDataString(_model.Value)}/{what}", UriKind.Relative), TestContext.Current.CancellationToken);
}
