using Search.Gateway.Access;
using Search.Gateway.Limits;

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

    /// <summary>
    /// Memory that the bodies of all searches under way may take together, in bytes; what comes on top is answered with 503.
    /// A body without a stated length counts as the largest. Default 256 MiB.
    /// </summary>
    public long MaxBufferedBytes { get; set; } = 256 * 1024 * 1024;

    /// <summary>
    /// How long a caller may take to send a search, which holds memory meanwhile; then 408. Default 60 s: 20 MiB at 3 Mbit/s.
    /// </summary>
    public TimeSpan BodyDeadline { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Searches worked on at a time. More than the embedding service can batch only makes each slower. Default 64.</summary>
    public int MaxConcurrentSearches { get; set; } = 64;

    /// <summary>Searches that may wait for their turn, within their deadline; beyond that 503 says at once to come back. Default 128.</summary>
    public int MaxQueuedSearches { get; set; } = 128;

    /// <summary>Largest body that is passed on to another service for one item, in bytes. Default 384 MiB: sixteen pictures of 20 MiB and more.</summary>
    public long MaxItemBodyBytes { get; set; } = 384 * 1024 * 1024;

    /// <summary>Largest import or upload that is passed on, in bytes; such bodies are streamed, not held. Default 64 GiB.</summary>
    public long MaxImportBodyBytes { get; set; } = 64L * 1024 * 1024 * 1024;

    /// <summary>Who may call. Empty: everybody on this machine may do everything, and nobody else can connect.</summary>
    public IList<ApiKeyOptions> Keys { get; } = [];

    /// <summary>The rate of callers without a key, for each remote address. Default unlimited: without keys only this machine can call.</summary>
    public RateOptions Keyless { get; } = new();

    /// <summary>Web origins other than our own whose pages may call, e.g. <c>https://shop.example</c>; <c>*</c> for every one. Default none.</summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>
    /// Base address of each service's HTTP API when services run apart: indexing, embedding, ann, rerank, trainer. Several replicas are separated by
    /// semicolons; those that are not ready get no requests as long as another one is.
    /// </summary>
    public IDictionary<string, string> Services { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
}
