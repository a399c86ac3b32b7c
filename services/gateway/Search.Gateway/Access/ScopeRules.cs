namespace Search.Gateway.Access;

/// <summary>Which scope a request needs. The first rule that fits holds; what no rule names needs admin, so a new endpoint is closed until it is listed.</summary>
internal static class ScopeRules
{
    private sealed record Rule(string Path, Func<string, bool> Method, Scopes Needs);

    private static readonly Rule[] Rules =
    [
        // Told to anybody: probes have no keys, and the documentation says how to get one.
        new("/health", Any, Scopes.None),
        new("/openapi", Any, Scopes.None),
        new("/scalar", Any, Scopes.None),
        // A search changes nothing, whatever its method.
        new("/v1/search", Any, Scopes.Search),
        // What looks at the whole catalogue, hidden items too, is for those who keep it.
        new("/v1/groups", Any, Scopes.Write),
        new("/v1/distinct-items", Any, Scopes.Write),
        // Which model answers is for those who run the suite.
        new("/v1/models", Any, Scopes.Admin),
        // A job takes the machine for an hour, and reads folders of it.
        new("/v1/training-jobs", Any, Scopes.Admin),
        new("/v1", Reads, Scopes.Search),
        new("/v1", Any, Scopes.Write),
    ];

    internal static Scopes For(HttpContext context)
    {
        var request = context.Request;
        if (IsLocalScrape(context))
            return Scopes.None;
        foreach (var rule in Rules)
        {
            if (rule.Method(request.Method) && request.Path.StartsWithSegments(rule.Path, StringComparison.OrdinalIgnoreCase))
                return rule.Needs;
        }
        // Nothing is there: the caller is told so rather than asked for a key.
        return context.GetEndpoint() is null ? Scopes.None : Scopes.Admin;
    }

    /// <summary>An agent on this machine may read the metrics; a request that a proxy brings from elsewhere is not one.</summary>
    private static bool IsLocalScrape(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/metrics", StringComparison.OrdinalIgnoreCase) && LocalCallers.IsLocal(context);

    private static bool Any(string method) => true;

    private static bool Reads(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
}
