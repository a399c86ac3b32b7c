using Search.Gateway.Limits;

namespace Search.Gateway.Access;

/// <summary>One caller's key. Only its digest is configured, so a configuration that leaks gives nobody access.</summary>
public sealed class ApiKeyOptions : RateOptions
{
    /// <summary>Who has the key; appears in logs and metrics.</summary>
    public string Name { get; set; } = "";

    /// <summary>SHA-256 of the key in 64 hexadecimal digits. A plain digest is enough because keys are random: there is nothing to guess.</summary>
    public string Sha256 { get; set; } = "";

    /// <summary>search, write, admin; each for itself, none contains another.</summary>
    public IList<string> Scopes { get; } = [];
}
