using Search.Imaging;
using Search.Trainer.Photos;
using Search.Vectors;

namespace Search.Trainer.Evaluation;

/// <summary>Embeds prepared photos.</summary>
internal static class PhotoVectors
{
    private const int Batch = 16;

    /// <inheritdoc cref="Embed(IReadOnlyList{byte[]}, ImagePreprocessing, Func{float[], int, float[]})"/>
    public static float[][] Embed(
        IReadOnlyList<PreparedPhoto> photos, ImagePreprocessing preprocessing, Func<float[], int, float[]> embed) =>
        Embed([.. photos.Select(p => p.Input)], preprocessing, embed);

    /// <summary>Rows of <paramref name="embed"/> for every photo, made unit length.</summary>
    /// <param name="photos">Pictures at the model's size, height x width x 3 bytes.</param>
    /// <param name="preprocessing">Normalises the photos' pixels.</param>
    /// <param name="embed">Maps values [N, 3, H, W] and N to rows.</param>
    public static float[][] Embed(
        IReadOnlyList<byte[]> photos, ImagePreprocessing preprocessing, Func<float[], int, float[]> embed)
    {
        var rows = new float[photos.Count][];
        for (var first = 0; first < photos.Count; first += Batch)
        {
            var count = Math.Min(Batch, photos.Count - first);
            var input = new float[count * preprocessing.ValueCount];
            for (var i = 0; i < count; i++)
                ImagePreprocessor.Normalise(
                    photos[first + i], preprocessing, input.AsSpan(i * preprocessing.ValueCount, preprocessing.ValueCount));
            var output = embed(input, count);
            var dimension = output.Length / count;
            for (var i = 0; i < count; i++)
            {
                rows[first + i] = output[(i * dimension)..((i + 1) * dimension)];
                VectorKernels.TryNormalize(rows[first + i]);
            }
        }
        return rows;
    }
}
