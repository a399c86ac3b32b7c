namespace Search.Gateway.Access;

/// <summary>Who makes a request, as found out from the key.</summary>
/// <param name="Name">The key's name; null without a valid key.</param>
internal sealed record Caller(string? Name, Scopes Scopes)
{
    /// <summary>Private and unpublished items exist only for those who may change them.</summary>
    internal bool MaySeeAll => (Scopes & (Scopes.Write | Scopes.Admin)) != 0;

    /// <summary>The caller of a request that has passed <see cref="AccessMiddleware"/>.</summary>
    internal static Caller Of(HttpContext context) => context.Features.Get<Caller>() ?? Unknown;

    /// <summary>Without a key where keys are needed.</summary>
    internal static readonly Caller Unknown = new(null, Scopes.None);

    /// <summary>Anybody on this machine while no key is configured.</summary>
    internal static readonly Caller Local = new(null, Scopes.All);
}
