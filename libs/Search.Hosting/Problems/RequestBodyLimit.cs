using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Search.Contracts;

namespace Search.Hosting.Problems;

public static class RequestBodyLimit
{
    /// <summary>
    /// How many bytes the body may have, null for any number; to be called before it is read. More is answered with 413, a body that says so
    /// beforehand at once.
    /// </summary>
    /// <remarks>
    /// The server cuts the connection under a caller who sends more than its own limit, and most callers then see a reset instead of the 413.
    /// Without that limit it reads on for a few seconds while the answer gets through.
    /// </remarks>
    /// <exception cref="ServiceProblemException">413: the declared length is more than <paramref name="maxBytes"/>.</exception>
    public static void LimitBody(this HttpRequest request, long? maxBytes)
    {
        ArgumentNullException.ThrowIfNull(request);
        var refused = request.ContentLength > maxBytes;
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = refused ? null : maxBytes;
        if (refused)
            throw new ServiceProblemException(ServiceProblem.TooLarge("Request too large", $"This address accepts at most {maxBytes:N0} bytes."));
    }
}
