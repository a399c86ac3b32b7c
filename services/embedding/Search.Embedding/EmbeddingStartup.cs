using Search.Hosting.Health;
using Search.Imaging;

namespace Search.Embedding;

/// <summary>Loads and warms the model before the bus and the server start; a model that can't be served stops the start.</summary>
internal sealed class EmbeddingStartup(IServiceProvider services, [FromKeyedServices(EmbeddingServices.Name)] ReadinessGate ready) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        ready.WaitFor("the model");
        var model = services.GetRequiredService<EmbeddingModel>();
        services.GetRequiredService<PictureEmbedder>();
        ready.WaitFor("the model's first inferences");
        await WarmAsync(model, services.GetRequiredService<PicturePreparer>(), cancellationToken);
        ready.Open();
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        ready.WaitFor("nothing: it is stopping");
        return Task.CompletedTask;
    }

    /// <summary>
    /// One picture for each runner, all at once, from file to vector: code is compiled, memory is taken and, on a GPU, kernels are chosen before the
    /// first query. It also shows whether the model gives unit vectors.
    /// </summary>
    private static Task WarmAsync(EmbeddingModel model, PicturePreparer preparer, CancellationToken cancellation)
    {
        var picture = NoisePicture(256);
        return Task.WhenAll(Enumerable.Range(0, model.Runners).Select(async _ =>
        {
            var prepared = await preparer.PrepareAsync(picture, WorkLane.Catalogue, cancellation);
            await model.RunAsync(prepared.Input, WorkLane.Catalogue, cancellation);
        }));
    }

    private static byte[] NoisePicture(int side)
    {
        var rgba = new byte[side * side * 4];
        new Random(1).NextBytes(rgba);
        for (var i = 3; i < rgba.Length; i += 4)
            rgba[i] = 255;
        using var image = DecodedImage.FromRgba(side, side, rgba);
        return Thumbnail.Jpeg(image, side);
    }
}
