namespace Search.Contracts.Messages;

/// <summary>Query to the indexing service: some items, each as likely as any other or nearly so. The same seed over the same catalogue gives the same ones.</summary>
public sealed record SampleItems
{
    /// <summary>1 to 2,000; fewer come when the catalogue is smaller.</summary>
    public required int Count { get; init; }

    public int Seed { get; init; }
}

/// <summary>Answer to <see cref="SampleItems"/>, in no meaningful order.</summary>
public sealed record ItemSample
{
    public required string[] ItemIds { get; init; }
}
