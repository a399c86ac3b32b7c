using Microsoft.AspNetCore.Http.Metadata;

namespace Search.Gateway.Limits;

/// <summary>Largest body that an endpoint takes, in bytes; routing hands it to the server.</summary>
internal sealed record BodyLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
