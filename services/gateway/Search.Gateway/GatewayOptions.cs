namespace Search.Gateway;

/// <summary>Configuration section <c>Gateway</c>. Checked at start; every mistake is reported, not only the first.</summary>
public sealed class GatewayOptions
{
    public const string Section = "Gateway";

    /// <summary>How long a search may take after its request has been read. What is late is answered with 503. Default 5 s.</summary>
    public TimeSpan SearchDeadline { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long <c>GET /v1/status</c> waits for a service before it calls it unavailable. Default 2 s.</summary>
    public TimeSpan StatusDeadline { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// For how long the gateway believes that the model it last heard of is the active one, for searches by item and by vector. Longer saves
    /// a hop; after a model switch such searches answer out of the old collection for that long. Default 5 s.
    /// </summary>
    public TimeSpan ActiveModelLifetime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How far a search digs for results that pass the filter: pictures asked of the index at most. More finds rarer pieces in large
    /// collections, and costs time and memory for each. Default 50,000.
    /// </summary>
    public int MaxCandidates { get; set; } = 50_000;

    /// <summary>Pictures larger than this go to another process through the blob store instead of inside a message. Default 256 KiB.</summary>
    public int ClaimCheckBytes { get; set; } = 256 * 1024;

    /// <summary>Largest body of a search, in bytes. Default 21 MiB: a picture of 20 MiB and its fields.</summary>
    public long MaxSearchBodyBytes { get; set; } = 21 * 1024 * 1024;
}
