using Microsoft.Extensions.Options;
using Search.Contracts;

namespace Search.Gateway.Access;

/// <summary>
/// The rules while no key is configured: everything is open, to this machine alone. A web page from anywhere runs on this machine too, in the
/// browser; the name and the origin of a request tell it apart from our own page (DNS rebinding and cross-site requests).
/// </summary>
internal sealed class OpenAccess(IOptions<GatewayOptions> options)
{
    internal ServiceProblem? RefusalOf(HttpContext context)
    {
        var request = context.Request;
        // A second lock: a process that listens elsewhere without keys does not even start, see ListenCheck.
        if (!LocalCallers.CameInLocally(context.Connection))
            return AccessProblems.NoKeysConfigured;
        if (!LocalCallers.IsLocalName(request.Host.Host))
            return AccessProblems.ForeignHost;
        return ChangesFromElsewhere(request) ? AccessProblems.ForeignOrigin : null;
    }

    /// <summary>Reading is left to the browser, which hides the answer from pages of other origins.</summary>
    private bool ChangesFromElsewhere(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || request.Headers.Origin.ToString() is not { Length: > 0 } origin)
            return false;
        // The scheme may differ: TLS can end in front of this process.
        var own = Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase);
        return !own
            && !options.Value.AllowedOrigins.Any(allowed => allowed == "*" || allowed.Equals(origin, StringComparison.OrdinalIgnoreCase));
    }
}
