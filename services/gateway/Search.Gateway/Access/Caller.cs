namespace Search.Gateway.Access;

/// <summary>Who makes a request, as found out from the key.</summary>
/// <param name="Name">The key's name; null without a valid key.</param>
internal sealed record Caller(string? Name, Scopes Scopes)
{
    /// <summary>Without a key where keys are needed.</summary>
    internal static readonly Caller Unknown = new(null, Scopes.None);

    /// <summary>Anybody on this machine while no key is configured.</summary>
    internal static readonly Caller Local = new(null, Scopes.All);
}
