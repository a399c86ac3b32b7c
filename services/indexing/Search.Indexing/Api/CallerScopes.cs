namespace Search.Indexing.Api;

/// <summary>
/// What the caller's key allows, as the gateway says in a header that it always overwrites. Without the header the caller reached this service
/// itself, which only those inside the deployment can: they may do everything.
/// </summary>
internal static class CallerScopes
{
    internal const string Header = "X-Search-Scopes";

    /// <summary>Private and unpublished items exist only for those who may change them.</summary>
    internal static bool MaySeeAll(HttpRequest request) =>
        !request.Headers.TryGetValue(Header, out var scopes)
        || scopes.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries).Any(scope => scope is "write" or "admin");
}
