using Search.Contracts;
using Search.Imaging;

namespace Search.Indexing.Content;

/// <summary>A refused picture in the terms of the API: one status and slug for each reason.</summary>
internal static class PictureProblems
{
    internal static ServiceProblemException Of(ImageRejectedException rejected) => new(rejected.Reason switch
    {
        ImageRejection.UnsupportedType => new ServiceProblem(415, "image-unsupported-type", "Not an image type that is read", rejected.Message),
        ImageRejection.TooManyBytes => new ServiceProblem(413, "image-too-large", "Image file too large", rejected.Message),
        ImageRejection.TooManyPixels => new ServiceProblem(422, "image-too-many-pixels", "Image has too many pixels", rejected.Message),
        ImageRejection.Truncated => new ServiceProblem(400, "image-truncated", "Image is truncated", rejected.Message),
        _ => new ServiceProblem(400, "image-unreadable", "Image can't be read", rejected.Message),
    });

    internal static ServiceProblemException TooManyBytes(int maxBytes) => Of(new ImageRejectedException(
        ImageRejection.TooManyBytes, $"The image has more than the {maxBytes:N0} bytes that are accepted. Save it smaller or with a lower quality."));
}
