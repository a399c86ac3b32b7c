using Search.Contracts;
using Search.Hosting.Problems;

namespace Search.Gateway.Access;

/// <summary>
/// Lets a request through when its key has the scope that it needs, and tells the endpoints, here and behind the proxy, what the caller may do.
/// </summary>
internal sealed class AccessMiddleware(RequestDelegate next, ApiKeys keys, OpenAccess openAccess)
{
    /// <summary>Request header: the caller's scopes. Always overwritten, so what is behind the gateway can trust it.</summary>
    internal const string ScopesHeader = "X-Search-Scopes";

    public Task InvokeAsync(HttpContext context)
    {
        var (caller, refusal) = keys.Any ? ByKey(context) : (Caller.Local, openAccess.RefusalOf(context));
        context.Request.Headers[ScopesHeader] = ScopeText.Of(caller.Scopes);
        context.Features.Set(caller);
        return refusal is null ? next(context) : RefuseAsync(context, refusal);
    }

    private (Caller Caller, ServiceProblem? Refusal) ByKey(HttpContext context)
    {
        var presented = ApiKeys.PresentedIn(context.Request.Headers);
        var caller = presented is null ? null : keys.Find(presented);
        var needed = ScopeRules.For(context);
        ServiceProblem? refusal = caller switch
        {
            _ when needed == Scopes.None => null,
            null => presented is null ? AccessProblems.KeyMissing : AccessProblems.KeyUnknown,
            _ => caller.Scopes.HasFlag(needed) ? null : AccessProblems.ScopeMissing(needed),
        };
        return (caller ?? Caller.Unknown, refusal);
    }

    private static Task RefuseAsync(HttpContext context, ServiceProblem refusal)
    {
        if (refusal.Status == StatusCodes.Status401Unauthorized)
            context.Response.Headers.WWWAuthenticate = "Bearer realm=\"search\"";
        return ProblemResults.WriteAsync(context, refusal);
    }
}
