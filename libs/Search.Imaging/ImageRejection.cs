namespace Search.Imaging;

/// <summary>Why an upload was refused. Each value has one HTTP status, so that a client can tell them apart.</summary>
public enum ImageRejection
{
    /// <summary>Not one of the formats of <see cref="ImageFormat"/>, whatever the file is called (415).</summary>
    UnsupportedType,

    /// <summary>More bytes than <see cref="ImageLimits.MaxBytes"/> (413).</summary>
    TooManyBytes,

    /// <summary>More pixels than <see cref="ImageLimits.MaxPixels"/> or a side over <see cref="ImageLimits.MaxSide"/> (422).</summary>
    TooManyPixels,

    /// <summary>Nothing at all, or a supported format whose content makes no sense (400).</summary>
    Unreadable,

    /// <summary>The file ends before its picture does (400).</summary>
    Truncated,
}
