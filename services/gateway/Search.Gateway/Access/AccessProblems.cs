using Search.Contracts;

namespace Search.Gateway.Access;

internal static class AccessProblems
{
    internal static readonly ServiceProblem KeyMissing = new(
        401, "key-missing", "API key needed", "Send your key in the header X-Api-Key, or as Authorization: Bearer.");

    internal static readonly ServiceProblem KeyUnknown = new(
        401, "key-unknown", "API key not known", "The key that was sent is not, or no longer, a key of this service.");

    internal static readonly ServiceProblem NoKeysConfigured = new(
        401, "keys-not-configured", "No access from elsewhere", "This service has no API keys and can be used from its own machine only.");

    internal static readonly ServiceProblem ForeignHost = new(
        403, "foreign-host", "Not the name of this machine",
        "Without API keys this service answers only to the names localhost, 127.0.0.1 and [::1].");

    internal static readonly ServiceProblem ForeignOrigin = new(
        403, "foreign-origin", "Page of another origin",
        "Without API keys only our own page and the configured origins may send this request from a browser.");

    internal static ServiceProblem ScopeMissing(Scopes scope) => new(
        403, "scope-missing", "Scope missing", $"This needs a key with the scope '{ScopeText.Of(scope)}'.");
}
