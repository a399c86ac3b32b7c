namespace Search.Testing.Images;

/// <summary>One file that a stranger might upload, and what a service must answer to it.</summary>
/// <param name="Name">File name, with the extension its sender gave it; unique in <see cref="HostileImages.All"/>.</param>
/// <param name="Bytes">The content.</param>
/// <param name="ContentType">The media type its sender claims.</param>
/// <param name="ExpectedStatus">
/// <see cref="Accepted"/>, the 4xx status of the rejection, or <see cref="AcceptedOrRejected"/> for damaged files whose
/// picture may or may not survive: those only must not take the service down or pass as a server error.
/// </param>
public sealed record HostileImage(string Name, byte[] Bytes, string ContentType, int ExpectedStatus)
{
    /// <summary>Stands for every 2xx status.</summary>
    public const int Accepted = 200;

    public const int AcceptedOrRejected = 0;

    /// <summary>Whether a response status is a right answer to this file.</summary>
    public bool Allows(int status) => ExpectedStatus switch
    {
        Accepted => status is >= 200 and < 300,
        AcceptedOrRejected => status is (>= 200 and < 300) or 400 or 415 or 422,
        _ => status == ExpectedStatus,
    };

    public override string ToString() => Name;
}
