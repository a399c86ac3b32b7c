namespace Search.Gateway.Status;

/// <summary>How the suite is. What a service that does not answer would have said is null.</summary>
public sealed record StatusAnswer
{
    /// <summary>Items by state, from the indexing service.</summary>
    public required ItemsStatus? Items { get; init; }

    /// <summary>The model that serves, from the embedding service.</summary>
    public required ModelStatus? Model { get; init; }

    /// <summary>The collection of that model, from the nearest-neighbour service.</summary>
    public required IndexSummary? Index { get; init; }

    /// <summary>Version of the suite.</summary>
    public required string Version { get; init; }

    /// <summary>Each service that was asked.</summary>
    public required IReadOnlyDictionary<string, ServiceStatus> Services { get; init; }
}

/// <summary>Counts of items. An item is as far as its slowest picture, and failed if any picture failed.</summary>
public sealed record ItemsStatus(int Total, int Accepted, int Embedded, int Indexed, int Failed);

/// <summary>A model.</summary>
/// <param name="Id">name@version+fingerprint.</param>
/// <param name="Dimension">Components of its vectors.</param>
/// <param name="ExecutionProvider">cpu, cuda or tensorrt.</param>
public sealed record ModelStatus(string Id, string Name, string Version, int Dimension, string ExecutionProvider);

/// <summary>A collection of vectors.</summary>
/// <param name="Engine">Name of the index that answers, e.g. exact or hnsw; none before the first picture.</param>
/// <param name="Count">Pictures in it.</param>
/// <param name="Model">The model that made its vectors.</param>
/// <param name="Collections">How many collections there are; more than one while a model is being replaced.</param>
public sealed record IndexSummary(string Engine, int Count, int? Dimension, string? Model, int Collections);

/// <summary>A service's state.</summary>
/// <param name="Status">available or unavailable.</param>
/// <param name="Detail">Why it is unavailable; null otherwise.</param>
public sealed record ServiceStatus(string Status, string? Detail);
