using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace Search.Gateway.Limits;

/// <summary>Largest body that an endpoint takes, in bytes; routing hands it to the server.</summary>
internal sealed record BodyLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata
{
    /// <summary>Read when the endpoint is built, after the options have been checked: mapping must not be where a bad setting comes up.</summary>
    internal static void Of(EndpointBuilder endpoint, Func<GatewayOptions, long> limit) =>
        endpoint.Metadata.Add(new BodyLimit(limit(endpoint.ApplicationServices.GetRequiredService<IOptions<GatewayOptions>>().Value)));
}
