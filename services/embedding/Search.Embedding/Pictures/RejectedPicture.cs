using Search.Contracts;
using Search.Imaging;

namespace Search.Embedding;

/// <summary>Why a picture has no vector and never will, as a problem with a stable slug.</summary>
internal static class RejectedPicture
{
    internal static ServiceProblem ProblemOf(ImageRejectedException exception) => exception.Reason switch
    {
        ImageRejection.UnsupportedType => new(415, "image-unsupported-type", "Not an image type that is read", exception.Message),
        ImageRejection.TooManyBytes => new(413, "image-too-large", "Image file too large", exception.Message),
        ImageRejection.TooManyPixels => new(422, "image-too-many-pixels", "Image has too many pixels", exception.Message),
        ImageRejection.Truncated => new(400, "image-truncated", "Image is truncated", exception.Message),
        _ => new(400, "image-unreadable", "Image can't be read", exception.Message),
    };

    internal static ServiceProblem Missing(string blobKey) => new(
        404, "image-missing", "Image is not in the store", $"No picture lies in the store under '{blobKey}'. Upload it again.");

    internal static ServiceProblem Damaged(string blobKey) => new(
        422, "image-damaged", "Stored image is damaged", $"The bytes in the store under '{blobKey}' are not those that were uploaded. Upload the picture again.");
}
