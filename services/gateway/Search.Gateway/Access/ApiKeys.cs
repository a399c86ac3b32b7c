using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Search.Gateway.Access;

/// <summary>The configured keys. Immutable; safe for concurrent use.</summary>
internal sealed class ApiKeys(IOptions<GatewayOptions> options)
{
    private const string Bearer = "Bearer ";

    private readonly (byte[] Digest, Caller Caller)[] _keys = [.. options.Value.Keys.Select(key => (
        Convert.FromHexString(key.Sha256),
        new Caller(key.Name, key.Scopes.Select(ScopeText.Parse).Aggregate(Scopes.None, (all, one) => all | one))))];

    internal bool Any => _keys.Length > 0;

    /// <summary>What the caller presents, or null: the header <c>X-Api-Key</c>, or <c>Authorization: Bearer</c>.</summary>
    internal static string? PresentedIn(IHeaderDictionary headers)
    {
        if (headers.TryGetValue("X-Api-Key", out var key))
            return key.ToString();
        var authorization = headers.Authorization.ToString();
        return authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..].Trim() : null;
    }

    /// <summary>Takes the same time whichever key it is, and whether it is one.</summary>
    internal Caller? Find(string presented)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(presented), digest);
        Caller? found = null;
        foreach (var (known, caller) in _keys)
        {
            if (CryptographicOperations.FixedTimeEquals(known, digest))
                found = caller;
        }
        return found;
    }
}
