namespace Search.Gateway.Browser;

/// <summary>What browsers are told on every answer: load nothing from elsewhere, be framed by nobody, guess no content types.</summary>
internal static class SecurityHeaders
{
    private const string PagePolicy =
        "default-src 'self'; img-src 'self' blob: data:; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

    /// <summary>The documentation page starts with an inline script and styles itself inline; it is given that, and still nothing from elsewhere.</summary>
    private static string DocumentationPolicy(HttpContext context) =>
        $"default-src 'self'; script-src 'self' 'nonce-{ScriptNonce.Of(context)}'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; "
        + "font-src 'self' data:; worker-src 'self' blob:; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

    internal static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        // At the last moment: an answer may come with a stricter content policy of its own, as catalogue pictures do.
        context.Response.OnStarting(static state => Set((HttpContext)state), context);
        return next(context);
    });

    private static Task Set(HttpContext context)
    {
        var headers = context.Response.Headers;
        var documentation = context.Request.Path.StartsWithSegments("/scalar", StringComparison.OrdinalIgnoreCase);
        if (headers.ContentSecurityPolicy.Count == 0)
            headers.ContentSecurityPolicy = documentation ? DocumentationPolicy(context) : PagePolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=(), payment=(), usb=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (context.Request.IsHttps)
            headers.StrictTransportSecurity = "max-age=31536000";
        return Task.CompletedTask;
    }
}
