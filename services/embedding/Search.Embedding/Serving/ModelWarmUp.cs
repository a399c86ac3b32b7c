using Search.Imaging;

namespace Search.Embedding;

/// <summary>A model's first inferences, before it serves.</summary>
internal sealed class ModelWarmUp(PicturePreparer preparer)
{
    /// <summary>
    /// One picture for each runner, all at once, from file to vector: code is compiled, memory is taken and, on a GPU, kernels are chosen before the
    /// first query. It also shows whether the model gives unit vectors.
    /// </summary>
    public Task RunAsync(EmbeddingModel model, CancellationToken cancellation)
    {
        var picture = NoisePicture(256);
        return Task.WhenAll(Enumerable.Range(0, model.Runners).Select(async _ =>
        {
            var prepared = await preparer.PrepareAsync(model, picture, WorkLane.Catalogue, cancellation);
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
