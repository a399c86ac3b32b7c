using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Search.Contracts;
using Search.Contracts.Messages;
using Search.Testing;
using Search.Testing.Vectors;

namespace Search.Ann.Tests;

public sealed class AnnServiceTests : IDisposable
{
    private const int Dimension = 32;
    private static readonly EmbeddingModelId _model = EmbeddingModelId.Create("service", "1.0.0", "00112233aabbccdd");
    private static readonly EmbeddingModelId _next = EmbeddingModelId.Create("service", "2.0.0", "ffeeddccbbaa9988");
    private readonly TemporaryFolder _data = new();
    private readonly RandomVectors _random = new(1);

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task EmbeddedImages_AreFoundBySearches_AndReportedAsIndexedOnceEach()
    {
        await using var service = await AnnServiceFixture.StartAsync(_data.Path);
        var images = Enumerable.Range(0, 300).Select(i => Embedded($"item{i / 2}", i % 2)).ToArray();
        await Task.WhenAll(images.Select(service.PublishAsync));
        await Wait.UntilAsync(() => service.Indexed.Count == 300);

        Assert.Equal(
            images.Select(i => (i.ItemId, i.ImageNumber, i.Revision, i.Model.Value)).Order(),
            service.Indexed.Select(i => (i.ItemId, i.ImageNumber, i.Revision, i.Model.Value)).Order());
        foreach (var image in images.Take(20))
        {
            var found = await SearchAsync(service, image.Vector, 5);
            Assert.Equal(ImageKey.Create(image.ItemId, image.ImageNumber), found.Neighbours[0].ImageKey);
            Assert.Equal(1f, found.Neighbours[0].Score, 1e-6f);
        }
        var vectors = await service.AskAsync<GetItemVectors, ItemVectors>(new GetItemVectors { Model = _model, ItemId = "item7" });
        Assert.Equal([0, 1], vectors.Images.Select(image => image.ImageNumber));
        Assert.Equal(images[14].Vector, vectors.Images[0].Vector);
    }

    [Fact]
    public async Task RemovedImagesAndItems_AreGoneFromTheCollectionsOfAllModels()
    {
        await using var service = await AnnServiceFixture.StartAsync(_data.Path);
        await IndexAsync(service, Embedded("a", 0), Embedded("a", 1), Embedded("a", 2), Embedded("b", 0), Embedded("a", 0, model: _next));
        await service.PublishAsync(new ImagesRemoved { ItemId = "a", Revision = 1, ImageNumbers = [0, 9] });
        await Wait.UntilAsync(async () => await CountsAsync(service) is [3, 0]);
        await service.PublishAsync(new ItemRemoved { ItemId = "a", Revision = 1 });
        await Wait.UntilAsync(async () => await CountsAsync(service) is [1, 0]);
        Assert.Equal("b/0", Assert.Single((await SearchAsync(service, _random.Unit(Dimension), 10)).Neighbours).ImageKey);
        Assert.Empty((await service.AskAsync<GetItemVectors, ItemVectors>(new GetItemVectors { Model = _model, ItemId = "a" })).Images);
    }

    [Fact]
    public async Task EmbeddedImage_OlderThanTheIndexedOne_IsNeitherStoredNorReported()
    {
        await using var service = await AnnServiceFixture.StartAsync(_data.Path);
        var newer = Embedded("a", 0, revision: 5);
        await IndexAsync(service, newer);
        await service.PublishAsync(Embedded("a", 0, revision: 4));
        await IndexAsync(service, Embedded("b", 0));
        Assert.Equal(2, service.Indexed.Count);
        Assert.Equal("a/0", (await SearchAsync(service, newer.Vector, 1)).Neighbours[0].ImageKey);
        Assert.Equal(1f, (await SearchAsync(service, newer.Vector, 1)).Neighbours[0].Score, 1e-6f);
    }

    [Fact]
    public async Task EmbeddedImages_OfWhichOneIsUnusable_AreStoredButForThatOne()
    {
        await using var service = await AnnServiceFixture.StartAsync(_data.Path);
        await IndexAsync(service, Embedded("first", 0));
        var bad = Embedded("bad", 0) with { Vector = new float[Dimension + 1] };
        await Task.WhenAll([.. Enumerable.Range(0, 20).Select(i => service.PublishAsync(Embedded($"good{i}", 0))), service.PublishAsync(bad)]);
        await Wait.UntilAsync(() => service.Indexed.Count == 21);
        Assert.Equal(21, Assert.Single(await CountsAsync(service)));
        Assert.DoesNotContain(service.Indexed, image => image.ItemId == "bad");
    }

    [Fact]
    public async Task Search_ForAModelWithoutACollection_FindsNothing()
    {
        await using var service = await AnnServiceFixture.StartAsync(_data.Path);
        var found = await SearchAsync(service, _random.Unit(Dimension), 10);
        Assert.Empty(found.Neighbours);
        Assert.True(found.Exhausted);
        Assert.Empty((await service.AskAsync<GetIndexStatus, IndexStatus>(new GetIndexStatus())).Collections);
    }

    [Fact]
    public async Task Search_ThatMakesNoSense_IsAProblemOfTheCaller()
    {
        await using var service = await AnnServiceFixture.StartAsync(_data.Path);
        await IndexAsync(service, Embedded("a", 0));
        foreach (var (vector, k) in (List<(float[], int)>)[(_random.Unit(Dimension), 0), (_random.Unit(Dimension - 1), 5), ([], 5), (new float[Dimension], 5), ([float.NaN, .. _random.Unit(Dimension - 1)], 5)])
        {
            var error = await Assert.ThrowsAsync<ServiceProblemException>(() => SearchAsync(service, vector, k));
            Assert.Equal((400, "invalid-request"), (error.Problem.Status, error.Problem.Type));
        }
        var notAnId = await Assert.ThrowsAsync<ServiceProblemException>(
            () => service.AskAsync<GetItemVectors, ItemVectors>(new GetItemVectors { Model = _model, ItemId = "../etc" }));
        Assert.Equal(400, notAnId.Problem.Status);
    }

    [Fact]
    public async Task Restarted_TheServiceIsReadyWithAllItHad()
    {
        var images = Enumerable.Range(0, 40).Select(i => Embedded($"item{i}", 0)).ToArray();
        await using (var service = await AnnServiceFixture.StartAsync(_data.Path))
            await IndexAsync(service, images);
        // A graceful stop leaves a snapshot and an empty journal.
        Assert.Single(Directory.EnumerateFiles(_data["ann"], "*.snapshot", SearchOption.AllDirectories));

        await using var restarted = await AnnServiceFixture.StartAsync(_data.Path);
        Assert.Equal("item3/0", (await SearchAsync(restarted, images[3].Vector, 1)).Neighbours[0].ImageKey);
        var status = Assert.Single((await restarted.AskAsync<GetIndexStatus, IndexStatus>(new GetIndexStatus())).Collections);
        Assert.Equal((_model, "exact", 40, Dimension), (status.Model, status.Index, status.Count, status.Dimension));
        Assert.Equal(HttpStatusCode.OK, (await restarted.Http.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task StartedWithADamagedCollection_TheServiceIsNotReadyAndSaysWhy_AndTheOthersAnswer()
    {
        var kept = Embedded("kept", 0, model: _next);
        await using (var service = await AnnServiceFixture.StartAsync(_data.Path))
            await IndexAsync(service, Embedded("lost", 0), kept);
        var file = Path.Combine(_data["ann"], _model.Value, "00000001.snapshot");
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        bytes[^9] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);

        await using var restarted = await AnnServiceFixture.StartAsync(_data.Path);
        var error = await Assert.ThrowsAsync<ServiceProblemException>(() => SearchAsync(restarted, _random.Unit(Dimension), 1));
        Assert.Equal(503, error.Problem.Status);
        Assert.Contains("damaged", error.Problem.Detail, StringComparison.Ordinal);
        var found = await restarted.AskAsync<SearchNeighbours, NeighboursFound>(new SearchNeighbours { Model = _next, Vector = kept.Vector, K = 1 });
        Assert.Equal("kept/0", found.Neighbours[0].ImageKey);

        var ready = await restarted.Http.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains(_model.Value, JsonDocument.Parse(await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
            .RootElement.GetProperty("checks").GetProperty("ann-collections").GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task StatusAndMetrics_ShowTheCollection()
    {
        await using var service = await AnnServiceFixture.StartAsync(_data.Path);
        await IndexAsync(service, Embedded("a", 0), Embedded("b", 0), Embedded("c", 0));
        await SearchAsync(service, _random.Unit(Dimension), 2);
        var status = await service.Http.GetFromJsonAsync<JsonElement>(new Uri("/ann/status", UriKind.Relative), TestContext.Current.CancellationToken);
        var collection = Assert.Single(status.GetProperty("collections").EnumerateArray());
        Assert.Equal(_model.Value, collection.GetProperty("model").GetString());
        Assert.Equal(3, collection.GetProperty("count").GetInt32());
        Assert.Equal(3, collection.GetProperty("writesSinceSnapshot").GetInt32());
        Assert.True(collection.GetProperty("bytesOnDisk").GetInt64() > 3 * Dimension * sizeof(float));

        var metrics = await service.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("search_ann_collection_size", metrics, StringComparison.Ordinal);
        Assert.Contains("search_ann_search_duration_seconds_bucket", metrics, StringComparison.Ordinal);
        Assert.Contains("search_ann_search_distances", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartedWithAnUnknownEngineOrABadOption_TheServiceStopsAtOnceAndNamesIt()
    {
        var engine = await Assert.ThrowsAsync<OptionsValidationException>(() => AnnServiceFixture.StartAsync(_data.Path, "--Ann:Engine", "abacus"));
        Assert.Contains("'abacus'; there are local", engine.Message, StringComparison.Ordinal);
        var option = await Assert.ThrowsAsync<OptionsValidationException>(() => AnnServiceFixture.StartAsync(_data.Path, "--Ann:HnswM", "1"));
        Assert.Contains("HnswM", option.Message, StringComparison.Ordinal);
        var index = await Assert.ThrowsAsync<ArgumentException>(() => AnnServiceFixture.StartAsync(_data.Path, "--Ann:LargeIndex", "abacus"));
        Assert.Contains("'abacus'; there are exact, forest, hnsw, lsh", index.Message, StringComparison.Ordinal);
        var exact = await Assert.ThrowsAsync<OptionsValidationException>(() => AnnServiceFixture.StartAsync(_data.Path, "--Ann:LargeIndex", "exact"));
        Assert.Contains("raise ExactUpTo", exact.Message, StringComparison.Ordinal);
    }

    private static Task<NeighboursFound> SearchAsync(AnnServiceFixture service, float[] vector, int k) =>
        service.AskAsync<SearchNeighbours, NeighboursFound>(new SearchNeighbours { Model = _model, Vector = vector, K = k });

    private static async Task IndexAsync(AnnServiceFixture service, params ImageEmbedded[] images)
    {
        var before = service.Indexed.Count;
        foreach (var image in images)
            await service.PublishAsync(image);
        await Wait.UntilAsync(() => service.Indexed.Count == before + images.Length);
    }

    private static async Task<int[]> CountsAsync(AnnServiceFixture service) =>
        [.. (await service.AskAsync<GetIndexStatus, IndexStatus>(new GetIndexStatus())).Collections.Select(collection => collection.Count)];

    private ImageEmbedded Embedded(string itemId, int number, long revision = 1, EmbeddingModelId? model = null) => new()
    {
        ItemId = itemId,
        ImageNumber = number,
        Revision = revision,
        ContentHash = ContentHash.Of([]),
        PerceptualHash = 0,
        Model = model ?? _model,
        Vector = _random.Unit(Dimension),
    };
}
