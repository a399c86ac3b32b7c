using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Search.Testing;
using Search.Testing.Images;

namespace Search.Embedding.Tests;

public sealed class EmbeddingEndpointsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Embed_OfAPicture_AnswersItsUnitVector()
    {
        await using var service = await EmbeddingService.StartAsync(_folder);
        using var response = await PostAsync(service, Photos.Jpeg(1));
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(service.Model.Id.Value, answer.GetProperty("model").GetString());
        Assert.Equal(1, answer.GetProperty("vector").EnumerateArray().Sum(x => Math.Pow(x.GetDouble(), 2)), 1e-5);
        Assert.Equal(16, answer.GetProperty("perceptualHash").GetString()!.Length);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Embed_OfMoreBytesThanAllowed_Answers413WhetherOrNotTheLengthIsDeclared(bool chunked)
    {
        await using var service = await EmbeddingService.StartAsync(_folder, "--Embedding:MaxImageBytes=100000");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/embedding/embed") { Content = new ByteArrayContent(new byte[100_001]) };
        request.Headers.TransferEncodingChunked = chunked;
        using var response = await service.Http.SendAsync(request, Stop);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("image-too-large", await response.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Embed_OfEveryHostileImage_AnswersTheRightStatusAndTheServiceGoesOn()
    {
        await using var service = await EmbeddingService.StartAsync(_folder);
        var wrong = new List<string>();
        foreach (var image in HostileImages.All)
        {
            using var response = await PostAsync(service, image.Bytes);
            if (!image.Allows((int)response.StatusCode))
                wrong.Add($"{image.Name}: {(int)response.StatusCode}, expected {image.ExpectedStatus}: {await response.Content.ReadAsStringAsync(Stop)}");
        }
        Assert.Empty(wrong);
        using var good = await PostAsync(service, Photos.Jpeg(1));
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        using var ready = await service.Http.GetAsync("/health/ready", Stop);
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
    }

    [Fact]
    public async Task Embed_OfMorePicturesThanMayWait_Answers503WithRetryAfterAndThenServesAgain()
    {
        await using var service = await EmbeddingService.StartAsync(_folder, "--Embedding:QueueCapacity=1", "--Embedding:DecodeParallelism=1");
        // Large enough to keep the decoder busy while the others arrive; the number behind its end makes each another content.
        var large = JpegFile.Rgb(RgbPicture.Scene(1000, 1000));
        var responses = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => PostAsync(service, [.. large, (byte)i])));
        Assert.Contains(responses, r => r.StatusCode == HttpStatusCode.OK);
        var refused = responses.Where(r => r.StatusCode != HttpStatusCode.OK).ToList();
        Assert.NotEmpty(refused);
        Assert.All(refused, r => Assert.Equal((HttpStatusCode.ServiceUnavailable, true), (r.StatusCode, r.Headers.RetryAfter?.Delta > TimeSpan.Zero)));
        using var later = await PostAsync(service, Photos.Jpeg(1));
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    [Fact]
    public async Task Models_ListTheRegistryAndMarkTheOneThatServes()
    {
        await using var service = await EmbeddingService.StartAsync(_folder);
        var models = await service.Http.GetFromJsonAsync<JsonElement>("/embedding/models", Stop);
        var only = Assert.Single(models.EnumerateArray());
        Assert.Equal(service.Model.Id.Value, only.GetProperty("id").GetString());
        Assert.True(only.GetProperty("active").GetBoolean());

        var active = await service.Http.GetFromJsonAsync<JsonElement>("/embedding/model", Stop);
        Assert.Equal(service.Model.Id.Value, active.GetProperty("model").GetProperty("id").GetString());
        Assert.Equal(32, active.GetProperty("preprocessing").GetProperty("width").GetInt32());
    }

    [Fact]
    public async Task Metrics_AfterWork_TellRateOutcomesBatchesAndStoreHits()
    {
        await using var service = await EmbeddingService.StartAsync(_folder);
        using var response = await PostAsync(service, Photos.Jpeg(1));
        var metrics = await service.Http.GetStringAsync("/metrics", Stop);
        Assert.All(
            [
                "search_embedding_request_duration_seconds_count", "outcome=\"computed\"", "search_embedding_batch_size_count", "search_embedding_queue_depth",
                "search_embedding_decode_duration_seconds_count", "search_embedding_inference_duration_seconds_count", "search_embedding_store_lookups_total",
            ],
            name => Assert.Contains(name, metrics, StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<HttpResponseMessage> PostAsync(EmbeddingService service, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        return await service.Http.PostAsync("/embedding/embed", content, Stop);
    }
}
