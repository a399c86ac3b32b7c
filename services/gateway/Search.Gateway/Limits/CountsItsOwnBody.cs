using Microsoft.AspNetCore.Http.Metadata;

namespace Search.Gateway.Limits;

/// <summary>
/// Takes the server's own limit off an endpoint that counts for itself. The server would cut the connection under a caller who is still sending,
/// and most callers would then see a reset instead of the 413; without its limit it reads on for a few seconds while the answer gets through.
/// </summary>
internal sealed record CountsItsOwnBody : IRequestSizeLimitMetadata
{
    public long? MaxRequestBodySize => null;
}
