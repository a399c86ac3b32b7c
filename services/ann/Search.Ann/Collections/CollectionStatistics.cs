namespace Search.Ann.Collections;

/// <summary>The state of a collection, for people and dashboards.</summary>
public sealed record CollectionStatistics
{
    /// <summary>Name of the index that answers now, e.g. exact or hnsw.</summary>
    public required string Index { get; init; }

    public required int Count { get; init; }

    /// <summary>Parts that a search asks one after the other; merging makes them fewer.</summary>
    public int Segments { get; init; } = 1;

    /// <summary>A part is being built and will take over from others: the name of its index and how far it is, 0 to 1.</summary>
    public (string Index, double Progress)? Building { get; init; }

    /// <summary>Writes that a restart would replay.</summary>
    public long WritesSinceSnapshot { get; init; }

    /// <summary>What the collection takes on disk, where it lies on this machine.</summary>
    public long? BytesOnDisk { get; init; }

    public DateTimeOffset? LastSnapshot { get; init; }
}
