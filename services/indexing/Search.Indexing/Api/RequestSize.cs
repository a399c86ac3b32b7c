using Microsoft.AspNetCore.Http.Features;

namespace Search.Indexing.Api;

internal static class RequestSize
{
    /// <summary>How many bytes the body may have, null for any number; to be called before it is read. More is answered with 413.</summary>
    internal static void LimitBody(this HttpRequest request, long? maxBytes)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = maxBytes;
    }
}
