namespace Search.Gateway;

/// <summary>The services behind the gateway, as configuration, routes and reports name them.</summary>
internal static class ServiceNames
{
    internal const string Indexing = "indexing";
    internal const string Embedding = "embedding";
    internal const string Ann = "ann";
    internal const string Rerank = "rerank";
    internal const string Trainer = "trainer";

    internal static readonly string[] All = [Indexing, Embedding, Ann, Rerank, Trainer];

    /// <summary>The addresses in one setting.</summary>
    internal static string[] Replicas(string addresses) => addresses.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
