using Microsoft.Extensions.Options;
using Search.Hosting.Telemetry;
using Search.Imaging;

namespace Search.Embedding;

/// <summary>From a file's bytes to a model's input, a bounded number at a time. Safe for concurrent use.</summary>
internal sealed class PicturePreparer(IOptions<EmbeddingOptions> options, TimeProvider time) : IDisposable
{
    private readonly ImageLimits _limits = options.Value.ImageLimits;
    private readonly LaneWorkers _workers = new("decode", options.Value.EffectiveDecodeParallelism, options.Value.QueueCapacity);

    /// <exception cref="ImageRejectedException">The picture can't be read.</exception>
    /// <exception cref="Contracts.ServiceProblemException">503: too many queries wait already.</exception>
    public async Task<PreparedPicture> PrepareAsync(EmbeddingModel model, ReadOnlyMemory<byte> bytes, WorkLane lane, CancellationToken cancellation)
    {
        using var activity = SearchTelemetry.Source.StartActivity("embedding.decode");
        return await _workers.RunAsync(() => Prepare(model, bytes), lane, cancellation);
    }

    public void Dispose() => _workers.Dispose();

    private PreparedPicture Prepare(EmbeddingModel model, ReadOnlyMemory<byte> bytes)
    {
        var started = time.GetTimestamp();
        using var image = ImageDecoder.Decode(bytes, model.Preprocessing, _limits);
        var input = model.RentInput();
        try
        {
            ImagePreprocessor.Write(image, model.Preprocessing, input.Values);
            var prepared = new PreparedPicture(input, PerceptualHash.Compute(image));
            EmbeddingMetrics.DecodeDuration.Record(time.GetElapsedTime(started).TotalSeconds);
            return prepared;
        }
        catch
        {
            input.Dispose();
            throw;
        }
    }
}
