using Search.Contracts;
using Search.Imaging;

namespace Search.Embedding;

/// <summary>Reads a request body that is a picture, and no more of it than a picture may have.</summary>
internal static class PictureBody
{
    /// <exception cref="ServiceProblemException">413 when it is longer than allowed.</exception>
    internal static async Task<byte[]> ReadAsync(HttpRequest request, ImageLimits limits, CancellationToken cancellation)
    {
        var declared = request.ContentLength;
        if (declared > limits.MaxBytes)
            throw TooLarge(limits);
        using var body = new MemoryStream((int)(declared ?? 64 * 1024));
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellation)) > 0)
        {
            if (body.Length + read > limits.MaxBytes)
                throw TooLarge(limits);
            body.Write(buffer, 0, read);
        }
        return body.Length == body.Capacity ? body.GetBuffer() : body.ToArray();
    }

    private static ServiceProblemException TooLarge(ImageLimits limits) => new(RejectedPicture.ProblemOf(new ImageRejectedException(
        ImageRejection.TooManyBytes, $"The image has more than the {limits.MaxBytes:N0} bytes that are accepted. Save it smaller or with a lower quality.")));
}
