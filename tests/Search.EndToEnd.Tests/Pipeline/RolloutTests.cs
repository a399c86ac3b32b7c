using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Search.Contracts;
using Search.EndToEnd.Tests.Fixtures;
using Search.Testing;
using Search.Testing.Images;

namespace Search.EndToEnd.Tests.Pipeline;

/// <summary>A second model on its way to answering searches, over every service in one process.</summary>
public sealed class RolloutTests : IAsyncLifetime
{
    private const int Items = 40;

    private readonly TemporaryFolder _folder = new();
    private ServiceProcess _service = null!;
    private EmbeddingModelId _first;
    private EmbeddingModelId _second;

    public async ValueTask InitializeAsync()
    {
        _first = TinyModels.Write(_folder["models"], version: 1);
        _second = TinyModels.Write(_folder["next"], version: 2);
        _service = await Standalone.StartAsync(
            _folder["data"], null, "--Embedding:Models", _folder["models"], "--Embedding:Model", TinyModels.Name, "--Indexing:ReembedPerSecond", "1000",
            // Rings alone, one picture each: there is nothing to judge a model by.
            "--Gate:WhenUndecided", "Allow");
        for (var i = 0; i < Items; i++)
            await PutAsync(i);
        await IndexedAsync(Items);
        await TinyModels.PublishAsync(_folder["next"], _folder["data"]);
    }

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
            await _service.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Searches_WhileTheModelsChangePlaces_AreEachAnsweredByOneModel_AndNoneFails()
    {
        var expected = new Dictionary<(string Model, int Query), string>();
        await LearnAsync(expected, _first);
        await _service.FillCandidateAsync(_second, Items);
        await LearnAsync(expected, _first);
        await _service.ChangeAsync("promote", _second);
        await LearnAsync(expected, _second);
        Assert.NotEqual(expected[(_first.Value, 0)], expected[(_second.Value, 0)]);
        // Each picture once, to fill the second collection.
        var resent = await _service.MetricAsync("search_indexing_pictures_resent_total");
        Assert.Equal(Items, resent);

        using var done = new CancellationTokenSource();
        var answers = new ConcurrentBag<(string Model, int Query, string Results)>();
        var searchers = Enumerable.Range(0, 4).Select(number => Task.Run(async () =>
        {
            for (var query = number; !done.IsCancellationRequested; query++)
                answers.Add(await SearchAsync(query % 6));
        })).ToList();
        for (var turn = 0; turn < 20; turn++)
            await _service.ChangeAsync("rollback", null);
        await done.CancelAsync();
        await Task.WhenAll(searchers);

        Assert.All(answers, answer => Assert.Equal(expected[(answer.Model, answer.Query)], answer.Results));
        Assert.Equal([_first.Value, _second.Value], answers.Select(answer => answer.Model).Distinct().Order(StringComparer.Ordinal));
        // The way back and forth embeds nothing: both collections stay filled.
        Assert.Equal(resent, await _service.MetricAsync("search_indexing_pictures_resent_total"));
        Assert.Equal(Items, await _service.CountAsync("indexed"));
    }

    [Fact]
    public async Task WhatComesAndGoesWhileTwoModelsServe_ComesAndGoesInBothCollections()
    {
        await _service.FillCandidateAsync(_second, Items);
        await PutAsync(Items);
        await CountsAsync(Items + 1);
        using (var deleted = await _service.Http.DeleteAsync(new Uri("/v1/items/ring-00", UriKind.Relative), TestContext.Current.CancellationToken))
            Assert.Equal(204, (int)deleted.StatusCode);
        await CountsAsync(Items);

        var comparison = await _service.GetAsync($"/v1/models/compare?model={Uri.EscapeDataString(_second.Value)}&k=5&sample=30");
        Assert.InRange((int)comparison["compared"]!, 15, 30);
        Assert.Equal(0, (int)comparison["skipped"]!);
        Assert.InRange((double)comparison["overlap"]!, 0.01, 0.99);
    }

    [Fact]
    public async Task AModelWhoseCollectionIsNotFilled_IsNotPromoted()
    {
        var (status, problem) = await _service.PostChangeAsync("promote", _second);
        Assert.Equal((409, "urn:search:problem:conflict"), (status, (string)problem["type"]!));
        Assert.Equal(_first.Value, (await SearchAsync(0)).Model);
    }

    private async Task LearnAsync(Dictionary<(string Model, int Query), string> expected, EmbeddingModelId model)
    {
        for (var query = 0; query < 6; query++)
        {
            var (answered, _, results) = await SearchAsync(query);
            Assert.Equal(model.Value, answered);
            if (!expected.TryAdd((answered, query), results))
                Assert.Equal(expected[(answered, query)], results);
        }
    }

    /// <summary>By a photo that the catalogue has or has not, and by an item of it.</summary>
    private async Task<(string Model, int Query, string Results)> SearchAsync(int query)
    {
        JsonObject answer;
        if (query < 4)
        {
            var (status, body) = await _service.SearchAsync(Picture(query * 15), ("k", "10"), ("collapse", "false"));
            Assert.True(status == 200, body.ToJsonString());
            answer = body;
        }
        else
        {
            answer = await _service.GetAsync($"/v1/items/ring-{query:00}/similar?k=10&collapse=false");
        }
        return ((string)answer["model"]!, query, string.Join(' ', answer["results"]!.AsArray().Select(result => $"{(string)result!["itemId"]!}:{result["score"]!.ToJsonString()}")));
    }

    private async Task PutAsync(int number)
    {
        var (status, body) = await _service.PutItemAsync($"ring-{number:00}", """{"title":"Ring","category":"rings"}""", Picture(number));
        Assert.True(status == 202, body.ToJsonString());
    }

    private Task IndexedAsync(int items) => Wait.UntilAsync(async () => await _service.CountAsync("indexed") == items);

    private Task CountsAsync(int pictures) => Wait.UntilAsync(async () =>
        (await _service.CollectionsAsync()).Select(collection => (int)collection!["count"]!) is var counts && counts.Count() == 2 && counts.All(count => count == pictures));

    /// <summary>A scene with a patch of a colour of its own.</summary>
    private static byte[] Picture(int number)
    {
        var scene = RgbPicture.Scene(96, 64);
        var random = new Random(number);
        var (red, green, blue) = ((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256));
        var (left, top) = (random.Next(8, 56), random.Next(4, 36));
        for (var y = top; y < top + 24; y++)
        {
            for (var x = left; x < left + 32; x++)
            {
                var at = ((y * scene.Width) + x) * 3;
                (scene.Rgb[at], scene.Rgb[at + 1], scene.Rgb[at + 2]) = (red, green, blue);
            }
        }
        return JpegFile.Rgb(scene);
    }
}
