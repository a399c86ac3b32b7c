namespace Search.Imaging;

/// <summary>An image that is not going to be read. The message is written for the person who sent it.</summary>
public sealed class ImageRejectedException : Exception
{
    public ImageRejectedException(ImageRejection reason, string message)
        : base(message) => Reason = reason;

    public ImageRejection Reason { get; }
}
