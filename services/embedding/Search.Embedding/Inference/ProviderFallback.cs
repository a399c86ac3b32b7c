namespace Search.Embedding;

/// <summary>What to do when the wanted execution provider can't be had.</summary>
public enum ProviderFallback
{
    /// <summary>Warn and run on the CPU.</summary>
    Allow = 0,

    /// <summary>Refuse to start.</summary>
    Deny = 1,
}
